"""What must hold: contracts on our records, editorial rules on the articles. The ground floor: imports nothing of ours."""
