"""What must hold: contracts on records, editorial rules on articles. The ground floor: imports nothing of ours."""
