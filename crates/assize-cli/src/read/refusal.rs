//! What can be wrong with one row, which is refused while the others go on.
//!
//! A fault keeps figures and names in fields and has its words in one place. Whether a figure fits
//! its input is not asked here.

use assize::outcome::{Fault, Refusal};
use assize::text::Words;

use super::error::ReadError;
use super::ownership::ListRowFault;
use super::place::{ColumnName, Place};
use crate::words::words;

/// A row that was read in part, or the end of what can be read.
#[derive(Debug, thiserror::Error)]
pub enum RowError {
    /// This row is refused; the next one may be read.
    #[error(transparent)]
    Refused(Box<RefusedRow>),
    /// Nothing more can be read.
    #[error(transparent)]
    Stopped(#[from] Box<ReadError>),
}

/// A row that cannot be read, and why.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {}", .place.words(), .fault.words())]
pub struct RefusedRow {
    /// Where it stands.
    pub place: Place,
    /// The subject where it could be read, else the row number.
    pub name: String,
    /// The period where it could be read.
    pub period: Option<String>,
    /// The input at fault, and its column, where there is one.
    pub input: Option<(String, ColumnName)>,
    /// What is wrong.
    pub fault: RowFault,
}

impl RefusedRow {
    /// Whether the subject could be read. One that is called like the number of its row counts as
    /// unread.
    #[must_use]
    pub fn is_named(&self) -> bool {
        self.name != self.place.row.to_string()
    }

    /// The refusal as it comes out for this subject. A fault of the row as a whole stands under
    /// the field `row`.
    #[must_use]
    pub fn refusal(&self) -> Refusal {
        let field = match (&self.input, &self.fault) {
            (Some((field, _)), _) => field.clone(),
            (None, RowFault::DuplicateKey { key }) => key.clone(),
            (None, RowFault::TwoNames { field, .. }) => field.clone(),
            (None, RowFault::List(fault)) => fault.field().to_owned(),
            (None, _) => "row".to_owned(),
        };
        Refusal {
            code: self.fault.code(),
            field,
            message: self.fault.words(),
        }
    }
}

/// What is wrong with one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowFault {
    /// It has more or fewer cells than there are headings.
    Ragged {
        /// Cells of this row.
        cells: usize,
        /// Headings of the table.
        headings: usize,
    },
    /// A quotation mark inside a cell that does not begin with one.
    StrayQuote {
        /// The cell, from 1.
        cell: usize,
    },
    /// Text after the closing quotation mark of a cell.
    TextAfterQuote {
        /// The cell, from 1.
        cell: usize,
    },
    /// A quotation mark that nothing closes.
    UnclosedQuote {
        /// The cell, from 1.
        cell: usize,
    },
    /// A carriage return that no line feed follows.
    LoneReturn,
    /// Longer than the limit.
    TooLong {
        /// The limit in bytes.
        limit: usize,
    },
    /// Not UTF-8.
    NotUtf8,
    /// Not GB18030, although the file was said to be.
    NotGb18030,
    /// Not JSON.
    NotJson {
        /// The line inside this entry, from 1.
        line: usize,
        /// The byte of that line, from 1.
        column: usize,
        /// What the JSON parser says, in English.
        detail: String,
    },
    /// JSON, but not an object.
    NotAnObject,
    /// A key stands twice in one object.
    DuplicateKey {
        /// The key.
        key: String,
    },
    /// One input stands under two of its names.
    TwoNames {
        /// The input.
        field: String,
        /// The first name.
        first: String,
        /// The second name.
        second: String,
    },
    /// A key means more than one input.
    AmbiguousKey {
        /// The key.
        key: String,
        /// One of them.
        first: String,
        /// Another.
        second: String,
    },
    /// Nested deeper than the limit.
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// The subject or the period is neither text nor a figure.
    NameNotText {
        /// The key.
        key: String,
    },
    /// A cell holds an error of the spreadsheet.
    ErrorCell {
        /// The cell: `C5`.
        cell: String,
        /// `#N/A`.
        text: String,
    },
    /// A cell holds a formula that was never calculated.
    FormulaWithoutResult {
        /// The cell.
        cell: String,
    },
    /// A cell lies in a merged area whose value stands in another cell.
    MergedCell {
        /// The cell.
        cell: String,
        /// The area: `A2:A5`.
        area: String,
    },
    /// A cell is stored in a way that is not a figure, a date or a text.
    UnreadableCell {
        /// The cell.
        cell: String,
        /// What is stored.
        text: String,
    },
    /// A cell is formatted as a date, and its number is none.
    NotADate {
        /// The cell.
        cell: String,
        /// The number.
        text: String,
    },
    /// A cell is formatted as elapsed time, and its input does not ask how long.
    ElapsedTime {
        /// The cell.
        cell: String,
    },
    /// The rows of a list cannot be put where they belong.
    List(ListRowFault),
}

impl RowFault {
    /// The kind of fault, as the result names it.
    #[must_use]
    pub const fn code(&self) -> Fault {
        match self {
            Self::DuplicateKey { .. } | Self::TwoNames { .. } | Self::AmbiguousKey { .. } => {
                Fault::Conflict
            }
            Self::List(fault) => fault.code(),
            Self::TooLong { .. } | Self::TooDeep { .. } => Fault::Range,
            Self::Ragged { .. }
            | Self::StrayQuote { .. }
            | Self::TextAfterQuote { .. }
            | Self::UnclosedQuote { .. }
            | Self::LoneReturn
            | Self::NotUtf8
            | Self::NotGb18030
            | Self::NotJson { .. }
            | Self::NotAnObject
            | Self::NameNotText { .. }
            | Self::ErrorCell { .. }
            | Self::FormulaWithoutResult { .. }
            | Self::MergedCell { .. }
            | Self::UnreadableCell { .. }
            | Self::NotADate { .. }
            | Self::ElapsedTime { .. } => Fault::Type,
        }
    }

    /// The fault in words.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::Ragged { cells, headings } => words!(
                "this row has {cells} cells, and there are {headings} headings; put a cell that contains a comma in quotation marks",
                "本行有 {cells} 个单元格，而标题有 {headings} 个；单元格内含逗号时请加双引号"
            ),
            Self::StrayQuote { cell } => words!(
                "cell {cell} contains a quotation mark but does not begin with one; write the whole cell in quotation marks and the inner mark twice",
                "第 {cell} 个单元格中有双引号，但不以双引号开头；请把整个单元格括在双引号内，其中的双引号写两遍"
            ),
            Self::TextAfterQuote { cell } => words!(
                "cell {cell} goes on after its closing quotation mark; a quotation mark inside a cell is written twice",
                "第 {cell} 个单元格在右双引号之后还有文字；单元格内的双引号请写两遍"
            ),
            Self::UnclosedQuote { cell } => words!(
                "the quotation mark that opens cell {cell} is never closed",
                "第 {cell} 个单元格的双引号没有结束"
            ),
            Self::LoneReturn => words!(
                "this row contains a carriage return without a line feed; save the file with lines that end in LF or CRLF",
                "本行含有单独的回车符（CR）；请另存为以 LF 或 CRLF 换行的文件"
            ),
            Self::TooLong { limit } => words!(
                "this row is longer than {limit} bytes",
                "本行超过 {limit} 字节"
            ),
            Self::NotUtf8 => words!(
                "this row is not UTF-8; if the file was saved as GBK or GB18030, write --encoding gb18030",
                "本行不是 UTF-8 编码；如果文件按 GBK 或 GB18030 保存，请加 --encoding gb18030"
            ),
            Self::NotGb18030 => words!(
                "this row is not GB18030; if the file is UTF-8, leave out --encoding",
                "本行不是 GB18030 编码；如果文件是 UTF-8，请去掉 --encoding"
            ),
            Self::NotJson {
                line,
                column,
                detail,
            } => words!(
                "this is not JSON: {detail}, at line {line}, byte {column} of the entry",
                "不是有效的 JSON，错误在该条第 {line} 行第 {column} 个字节附近"
            ),
            Self::NotAnObject => words!(
                "a subject is an object, {{\"name\": value, …}}",
                "每个考核对象应是一个对象：{{\"名称\": 值, …}}"
            ),
            Self::DuplicateKey { key } => words!(
                "the key `{key}` stands twice in one object; keep one",
                "同一对象中“{key}”出现两次，请只保留一个"
            ),
            Self::TwoNames {
                field,
                first,
                second,
            } => words!(
                "`{first}` and `{second}` are the same input, `{field}`; keep one",
                "“{first}”与“{second}”是同一输入“{field}”，请只保留一个"
            ),
            Self::AmbiguousKey { key, first, second } => words!(
                "`{key}` may be `{first}` or `{second}`; write one of these",
                "“{key}”可能是“{first}”或“{second}”，请写明是哪一个"
            ),
            Self::TooDeep { limit } => {
                words!("nested deeper than {limit} levels", "嵌套超过 {limit} 层")
            }
            Self::NameNotText { key } => words!(
                "`{key}` names the subject or its period and must be text",
                "“{key}”是考核对象或周期的名称，应为文字"
            ),
            Self::ErrorCell { cell, text } => words!(
                "cell {cell} holds the error {text}; mend the formula or clear the cell",
                "单元格 {cell} 的值是错误 {text}；请改正公式，或清空该单元格"
            ),
            Self::FormulaWithoutResult { cell } => words!(
                "cell {cell} holds a formula without a stored result; open the workbook in a spreadsheet program and save it",
                "单元格 {cell} 的公式没有保存结果；请用电子表格软件打开后重新保存"
            ),
            Self::MergedCell { cell, area } => words!(
                "cell {cell} lies in the merged area {area}, whose value stands in its first cell only; unmerge it and fill in each row",
                "单元格 {cell} 属于合并区域 {area}，其值只存于左上角；请取消合并并逐行填写"
            ),
            Self::UnreadableCell { cell, text } => words!(
                "cell {cell} stores `{text}`, which is neither a figure nor a text",
                "单元格 {cell} 存储的“{text}”既不是数字也不是文字"
            ),
            Self::NotADate { cell, text } => words!(
                "cell {cell} is formatted as a date, and {text} is not the number of a date",
                "单元格 {cell} 的格式是日期，但 {text} 不是日期序号"
            ),
            Self::ElapsedTime { cell } => words!(
                "cell {cell} is formatted as elapsed time, and a whole number of seconds is read where the scheme asks for a duration; elsewhere write a plain figure in the unit of the input",
                "单元格 {cell} 的格式是累计时间，只有方案要求时长时才按整秒读取；其他输入请按其单位写成普通数字"
            ),
            Self::List(fault) => fault.words(),
        }
    }
}
