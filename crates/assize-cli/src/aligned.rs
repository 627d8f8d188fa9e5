//! Rows in columns of equal width, for a terminal.
//!
//! Widths are those of a terminal, where a Chinese character takes two. Signs that steer a terminal
//! are shown as escapes. Nothing is cut.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use crate::visible;

/// Writes rows, two blanks between columns and none at the end of a line.
pub fn write_aligned<const N: usize>(out: &mut dyn Write, rows: &[[String; N]]) -> io::Result<()> {
    let rows: Vec<[_; N]> = rows
        .iter()
        .map(|row| row.each_ref().map(|cell| visible::line(cell)))
        .collect();
    let mut widths = [0_usize; N];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.width().max(*width);
        }
    }
    for row in &rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            line.push_str(cell);
            let blanks = width.saturating_sub(cell.width()).saturating_add(2);
            line.push_str(&" ".repeat(blanks));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
