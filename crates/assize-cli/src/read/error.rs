//! What can be wrong with a data file, and with one row of it.
//!
//! A [`ReadError`] concerns the whole file and ends the run (exit code 2); a [`RowFault`] concerns
//! one row, which is refused while the others go on. Both keep figures and names in fields and
//! have their words in one place each. Whether a figure fits its input is not asked here.

use std::io;
use std::sync::Arc;

use assize::outcome::{Fault, Refusal};
use assize::text::Words;

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
    /// The refusal as it comes out for this subject. A fault of the row as a whole stands under
    /// the field `row`.
    #[must_use]
    pub fn refusal(&self) -> Refusal {
        let field = match (&self.input, &self.fault) {
            (Some((field, _)), _) => field.clone(),
            (None, RowFault::DuplicateKey { key }) => key.clone(),
            (None, RowFault::TwoNames { field, .. }) => field.clone(),
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
    /// A cell is formatted as elapsed time, whose unit the table does not say.
    ElapsedTime {
        /// The cell.
        cell: String,
    },
}

impl RowFault {
    /// The kind of fault, as the result names it.
    #[must_use]
    pub const fn code(&self) -> Fault {
        match self {
            Self::DuplicateKey { .. } | Self::TwoNames { .. } | Self::AmbiguousKey { .. } => {
                Fault::Conflict
            }
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
                "cell {cell} is formatted as elapsed time; write a plain figure in the unit of the input",
                "单元格 {cell} 的格式是累计时间；请按该输入的单位写成普通数字"
            ),
        }
    }
}

/// Why a file cannot be read, or not read on.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.words())]
pub enum ReadError {
    /// It cannot be opened.
    Open {
        /// The file.
        file: Arc<str>,
        /// Why.
        source: io::Error,
    },
    /// Reading it failed.
    Read {
        /// The file.
        file: Arc<str>,
        /// Why.
        source: io::Error,
    },
    /// Its extension names no format.
    UnknownFormat {
        /// The file.
        file: Arc<str>,
    },
    /// Standard input has no extension, and no format was given.
    FormatNeeded,
    /// An encoding was chosen for a format that has only one.
    EncodingNotAsked {
        /// The file.
        file: Arc<str>,
    },
    /// The headings are not UTF-8.
    NotUtf8 {
        /// The file.
        file: Arc<str>,
    },
    /// It begins with the mark of UTF-16.
    Utf16 {
        /// The file.
        file: Arc<str>,
    },
    /// It was said to be GB18030 and begins with the mark of UTF-8.
    Utf8Mark {
        /// The file.
        file: Arc<str>,
    },
    /// There is no row of headings.
    NoHeadings {
        /// The file.
        file: Arc<str>,
        /// Where it was looked for.
        row: u32,
    },
    /// The row of headings cannot be read.
    BadHeadings {
        /// The row of headings.
        place: Place,
        /// What is wrong.
        fault: RowFault,
    },
    /// No heading names an input.
    NoKnownHeading {
        /// The row of headings.
        place: Place,
        /// Some headings that were expected.
        expected: Vec<String>,
    },
    /// More columns than the limit.
    TooManyColumns {
        /// The file.
        file: Arc<str>,
        /// The limit.
        limit: usize,
    },
    /// Two columns hold one input.
    HeadedTwice {
        /// The row of headings.
        place: Place,
        /// The input, the subject or the period.
        input: String,
        /// The first column.
        first: ColumnName,
        /// The second column.
        second: ColumnName,
    },
    /// A heading means more than one input.
    AmbiguousHeading {
        /// The row of headings.
        place: Place,
        /// The column.
        column: ColumnName,
        /// One input it may mean.
        first: String,
        /// Another.
        second: String,
    },
    /// A heading names an input that does not fit in one column.
    HeadingOfMany {
        /// The row of headings.
        place: Place,
        /// The column.
        column: ColumnName,
        /// A heading that would do, where there is one.
        instead: Option<String>,
    },
    /// The JSON text is neither an array nor an object.
    JsonTop {
        /// The file.
        file: Arc<str>,
    },
    /// The JSON text breaks off or goes on where it should not.
    JsonBroken {
        /// The file.
        file: Arc<str>,
        /// How many entries were read before.
        read: u64,
    },
    /// Not a workbook.
    NotAWorkbook {
        /// The file.
        file: Arc<str>,
    },
    /// An old or an encrypted workbook.
    OldWorkbook {
        /// The file.
        file: Arc<str>,
    },
    /// Larger than the limit once unpacked.
    WorkbookTooLarge {
        /// The file.
        file: Arc<str>,
        /// The limit in bytes.
        limit: u64,
    },
    /// Its parts grow beyond the limit when unpacked.
    WorkbookTooDense {
        /// The file.
        file: Arc<str>,
        /// The part.
        part: String,
        /// The limit: so many times its packed size.
        ratio: u64,
    },
    /// A part of the workbook is missing or damaged.
    DamagedWorkbook {
        /// The file.
        file: Arc<str>,
        /// The part.
        part: String,
        /// What was found, in English.
        detail: String,
    },
    /// There is no sheet of that name.
    NoSuchSheet {
        /// The file.
        file: Arc<str>,
        /// The name asked for.
        sheet: String,
        /// The sheets that there are.
        sheets: Vec<String>,
    },
}

impl ReadError {
    /// The error in words.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::Open { file, source } => {
                words!("cannot open {file}: {source}", "无法打开 {file}：{source}")
            }
            Self::Read { file, source } => {
                words!("cannot read {file}: {source}", "读取 {file} 失败：{source}")
            }
            Self::UnknownFormat { file } => words!(
                "{file}: the name ends in none of .csv, .json, .jsonl, .xlsx; write --input-format",
                "{file}：扩展名不是 .csv、.json、.jsonl 或 .xlsx，请用 --input-format 指明格式"
            ),
            Self::FormatNeeded => words!(
                "standard input needs --input-format csv, json, jsonl or xlsx",
                "从标准输入读取时，请用 --input-format 指明格式：csv、json、jsonl 或 xlsx"
            ),
            Self::EncodingNotAsked { file } => words!(
                "{file}: --encoding is for CSV only; JSON is UTF-8, and a workbook names its own",
                "{file}：--encoding 只用于 CSV；JSON 一律为 UTF-8，工作簿自带编码"
            ),
            Self::NotUtf8 { file } => words!(
                "{file} is not UTF-8; if it was saved as GBK or GB18030, write --encoding gb18030",
                "{file} 不是 UTF-8 编码；如果按 GBK 或 GB18030 保存，请加 --encoding gb18030"
            ),
            Self::Utf16 { file } => words!(
                "{file} is UTF-16 (\"Unicode text\"); save it as \"CSV UTF-8\"",
                "{file} 是 UTF-16 编码（“Unicode 文本”）；请另存为“CSV UTF-8”"
            ),
            Self::Utf8Mark { file } => words!(
                "{file} begins with the mark of UTF-8; leave out --encoding gb18030",
                "{file} 带有 UTF-8 标记；请去掉 --encoding gb18030"
            ),
            Self::NoHeadings { file, row } => words!(
                "{file}: row {row} holds no headings; choose the row with --header-row",
                "{file}：第 {row} 行没有标题；请用 --header-row 指明标题行"
            ),
            Self::BadHeadings { place, fault } => {
                let place = place.words();
                let fault = fault.words();
                let (place_en, place_zh) = (place.en, place.zh);
                let (en, zh) = (fault.en, fault.zh);
                words!(
                    "{place_en}: the headings cannot be read: {en}",
                    "{place_zh}：标题行无法读取：{zh}"
                )
            }
            Self::NoKnownHeading { place, expected } => {
                let place = place.words();
                let (place_en, place_zh) = (place.en, place.zh);
                let list_en = expected.join(", ");
                let list_zh = expected.join("、");
                words!(
                    "{place_en}: no heading names an input of the scheme; expected are {list_en}; if the headings stand elsewhere, write --header-row",
                    "{place_zh}：没有一个标题是方案的输入；应为 {list_zh}；如果标题在别的行，请用 --header-row 指明"
                )
            }
            Self::TooManyColumns { file, limit } => words!(
                "{file} has more than {limit} columns",
                "{file} 超过 {limit} 列"
            ),
            Self::HeadedTwice {
                place,
                input,
                first,
                second,
            } => {
                let (place, first, second) = (place.words(), first.words(), second.words());
                let (place_en, first_en, second_en) = (place.en, first.en, second.en);
                let (place_zh, first_zh, second_zh) = (place.zh, first.zh, second.zh);
                words!(
                    "{place_en}: {first_en} and {second_en} both hold `{input}`; keep one",
                    "{place_zh}：{first_zh}与 {second_zh}都是“{input}”，请只保留一列"
                )
            }
            Self::AmbiguousHeading {
                place,
                column,
                first,
                second,
            } => {
                let (place, column) = (place.words(), column.words());
                let (place_en, column_en) = (place.en, column.en);
                let (place_zh, column_zh) = (place.zh, column.zh);
                words!(
                    "{place_en}: {column_en} may be `{first}` or `{second}`; head it with one of these",
                    "{place_zh}：{column_zh}可能是“{first}”或“{second}”，请写明是哪一个"
                )
            }
            Self::HeadingOfMany {
                place,
                column,
                instead,
            } => {
                let (place, column) = (place.words(), column.words());
                let (place_en, column_en) = (place.en, column.en);
                let (place_zh, column_zh) = (place.zh, column.zh);
                match instead {
                    Some(instead) => words!(
                        "{place_en}: {column_en} names several figures; give each its own column, as `{instead}`",
                        "{place_zh}：{column_zh}含有多个数据，请每项一列，例如“{instead}”"
                    ),
                    None => words!(
                        "{place_en}: {column_en} names a list of entries; give it in JSON or as a table of its own",
                        "{place_zh}：{column_zh}是明细列表，请用 JSON 或另一张表给出"
                    ),
                }
            }
            Self::JsonTop { file } => words!(
                "{file}: expected an array of objects, or one object",
                "{file}：应为对象数组，或单个对象"
            ),
            Self::JsonBroken { file, read } => words!(
                "{file}: the JSON text is broken after {read} entries",
                "{file}：读完 {read} 条之后，JSON 文本残缺或多出内容"
            ),
            Self::NotAWorkbook { file } => words!(
                "{file} is not an .xlsx workbook",
                "{file} 不是 .xlsx 工作簿"
            ),
            Self::OldWorkbook { file } => words!(
                "{file} is an old .xls workbook or has a password; save it as .xlsx without one",
                "{file} 是旧版 .xls 或设有密码；请另存为不加密的 .xlsx"
            ),
            Self::WorkbookTooLarge { file, limit } => words!(
                "{file} holds more than {limit} bytes when unpacked; save the sheet as CSV",
                "{file} 解压后超过 {limit} 字节；请把工作表另存为 CSV"
            ),
            Self::WorkbookTooDense { file, part, ratio } => words!(
                "{file}: {part} grows to more than {ratio} times its packed size; save the sheet as CSV",
                "{file}：{part} 解压后超过压缩大小的 {ratio} 倍；请把工作表另存为 CSV"
            ),
            Self::DamagedWorkbook { file, part, detail } => words!(
                "{file} is damaged in {part}: {detail}",
                "{file} 的 {part} 已损坏：{detail}"
            ),
            Self::NoSuchSheet {
                file,
                sheet,
                sheets,
            } => {
                let list_en = sheets.join(", ");
                let list_zh = sheets.join("、");
                words!(
                    "{file} has no sheet {sheet}; it has {list_en}",
                    "{file} 没有工作表“{sheet}”；现有：{list_zh}"
                )
            }
        }
    }
}
