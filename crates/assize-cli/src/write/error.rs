//! Why results cannot be written.

use std::io;

use assize::text::Words;

use crate::system::reason;
use crate::words::words;

/// Why results cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.words())]
pub enum WriteError {
    /// A file cannot be made.
    Create {
        /// The file.
        file: String,
        /// Why.
        source: io::Error,
    },
    /// Writing failed: a full disk, a closed pipe.
    Write {
        /// The file, or `-`.
        file: String,
        /// Why.
        source: io::Error,
    },
    /// A workbook holds no more rows.
    TooManyRows {
        /// The limit.
        limit: u32,
    },
    /// A workbook holds no more columns.
    TooManyColumns {
        /// The limit.
        limit: usize,
    },
    /// A workbook holds no longer text in one cell.
    TextTooLong {
        /// The subject of the row.
        subject: String,
        /// The limit in UTF-16 units.
        limit: usize,
    },
}

impl WriteError {
    /// Whether the reader of a pipe went away, as `head` does.
    #[must_use]
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Write { source, .. } if source.kind() == io::ErrorKind::BrokenPipe)
    }

    /// The error in words.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::Create { file, source } => {
                let Words { en, zh } = reason(source);
                words!("cannot create {file}: {en}", "无法创建 {file}：{zh}")
            }
            Self::Write { file, source } => {
                let Words { en, zh } = reason(source);
                words!("cannot write {file}: {en}", "写入 {file} 失败：{zh}")
            }
            Self::TooManyRows { limit } => words!(
                "a sheet holds at most {limit} rows; write csv or jsonl instead",
                "一个工作表最多 {limit} 行；请改用 csv 或 jsonl"
            ),
            Self::TooManyColumns { limit } => words!(
                "a sheet holds at most {limit} columns; write jsonl instead",
                "一个工作表最多 {limit} 列；请改用 jsonl"
            ),
            Self::TextTooLong { subject, limit } => words!(
                "a cell of {subject} would be longer than the {limit} characters that a sheet holds; write csv or jsonl instead",
                "“{subject}”的一个单元格将超过工作表所容的 {limit} 个字符；请改用 csv 或 jsonl"
            ),
        }
    }
}
