"""What editors read: findings, and the reports made of them."""
