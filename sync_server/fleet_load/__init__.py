"""Lists of the garage and the office as CSV: rates, invoices, storage, brake measures, sheets.

Each row is checked and kept by itself, under an id that follows from what it says: a file that is
loaded twice makes nothing twice, and a row that is refused stops no other.
"""
