# Lays out tables; runs: import
rows = [("name", "size"), ("a.txt", 12), ("longer.txt", 3)]
def layout(table):
    widths = [max(len(str(row[i])) for row in table) for i in range(len(table[0]))]
    return "\n".join(" ".join(str(cell).ljust(width) for cell, width in zip(row, widths)).rstrip() for row in table)
print(layout(rows))
