DROP TABLE calculation_parts
--;
DROP TABLE calculation_lines
--;
DROP TABLE calculation_entries
--;
DROP TABLE calculations
