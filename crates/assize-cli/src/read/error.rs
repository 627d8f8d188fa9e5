//! What can be wrong with a data file as a whole: it ends the run (exit code 2).
//!
//! What is wrong with its headings is told apart, without the place, which is added here.

use std::io;
use std::sync::Arc;

use assize::text::Words;

use super::json::Spot;
use super::place::{ColumnName, Place};
use super::refusal::RowFault;
use crate::system::reason;
use crate::words::words;

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
    /// A sheet was chosen in a file that has none.
    SheetNotAsked {
        /// The file.
        file: Arc<str>,
    },
    /// A row of headings was chosen in a file that has none.
    HeaderRowNotAsked {
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
    /// The headings do not tell the columns apart.
    Headings {
        /// The row of headings.
        place: Place,
        /// What is wrong.
        fault: Box<HeadingFault>,
    },
    /// More columns than the limit.
    TooManyColumns {
        /// The file.
        file: Arc<str>,
        /// The limit.
        limit: usize,
    },
    /// The JSON text is neither an array nor an object.
    JsonTop {
        /// The file.
        file: Arc<str>,
        /// Where something else begins.
        at: Spot,
    },
    /// The JSON text breaks off or goes on where it should not.
    JsonBroken {
        /// The file.
        file: Arc<str>,
        /// How many entries were read before.
        read: u64,
        /// The sign that should not stand there, or the end of the text.
        at: Spot,
        /// Whether it is the end of the text.
        ended: bool,
        /// Where the entry begins that is never closed.
        open: Option<Spot>,
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
    /// The table of a list has no column that names the subject, or the row of an outer list.
    NoKeyColumn {
        /// The file.
        file: Arc<str>,
        /// The list.
        list: String,
        /// What might head it.
        expected: Vec<String>,
    },
    /// A row of a list, or of data that is gathered by subject, does not tell whose it is.
    RowOfNobody {
        /// Where it stands.
        place: Place,
        /// The list.
        list: String,
        /// Why it could not be read, if that is why.
        fault: Option<Box<RowFault>>,
    },
    /// More rows are to be gathered than the limit.
    TooManyListRows {
        /// The file.
        file: Arc<str>,
        /// The limit.
        limit: u64,
    },
}

impl ReadError {
    /// The error in words.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::Open { file, source } => {
                let Words { en, zh } = reason(source);
                words!("cannot open {file}: {en}", "无法打开 {file}：{zh}")
            }
            Self::Read { file, source } => {
                let Words { en, zh } = reason(source);
                words!("cannot read {file}: {en}", "读取 {file} 失败：{zh}")
            }
            Self::UnknownFormat { file } => words!(
                "{file}: the name ends in none of .csv, .json, .jsonl, .xlsx; write --input-format",
                "{file}：扩展名不是 .csv、.json、.jsonl 或 .xlsx，请用 --input-format 指明格式"
            ),
            Self::FormatNeeded => words!(
                "standard input needs --input-format csv, json, jsonl or xlsx",
                "从标准输入读取时，请用 --input-format 指明格式：csv、json、jsonl 或 xlsx"
            ),
            Self::SheetNotAsked { file } => words!(
                "{file}: --sheet is for workbooks only",
                "{file}：--sheet 只用于工作簿"
            ),
            Self::HeaderRowNotAsked { file } => words!(
                "{file}: --header-row is for CSV and workbooks only; JSON has no headings",
                "{file}：--header-row 只用于 CSV 和工作簿；JSON 没有标题行"
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
            Self::Headings { place, fault } => {
                let (place, fault) = (place.words(), fault.words());
                let (place_en, en) = (place.en, fault.en);
                let (place_zh, zh) = (place.zh, fault.zh);
                words!("{place_en}: {en}", "{place_zh}：{zh}")
            }
            Self::TooManyColumns { file, limit } => words!(
                "{file} has more than {limit} columns",
                "{file} 超过 {limit} 列"
            ),
            Self::JsonTop { file, at } => {
                let Spot { line, column } = at;
                words!(
                    "{file}, line {line}, byte {column}: expected an array of objects, or one object",
                    "{file} 第 {line} 行第 {column} 个字节：应为对象数组，或单个对象"
                )
            }
            Self::JsonBroken {
                file,
                read,
                at: Spot { line, column },
                ended,
                open,
            } => match (open, ended) {
                (Some(open), _) => {
                    let Spot {
                        line: first,
                        column: byte,
                    } = open;
                    words!(
                        "{file}: the JSON text ends in line {line}, byte {column}, and the entry that begins in line {first}, byte {byte} is not closed; entries read before: {read}",
                        "{file}：JSON 文本到第 {line} 行第 {column} 个字节就结束了，而从第 {first} 行第 {byte} 个字节开始的一条没有结束；此前读了 {read} 条"
                    )
                }
                (None, true) => words!(
                    "{file}: the JSON text ends in line {line}, byte {column}, and its array is not closed; entries read before: {read}",
                    "{file}：JSON 文本到第 {line} 行第 {column} 个字节就结束了，缺少右方括号；此前读了 {read} 条"
                ),
                (None, false) => words!(
                    "{file}, line {line}, byte {column}: this sign should not stand here; entries of a JSON array are parted by commas, and nothing stands behind the last; entries read before: {read}",
                    "{file} 第 {line} 行第 {column} 个字节：此处不应有这个符号；JSON 数组的各条之间用逗号分隔，最后一条之后不写逗号，数组之后也不写别的内容；此前读了 {read} 条"
                ),
            },
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
            Self::NoKeyColumn {
                file,
                list,
                expected,
            } => {
                let (list_en, list_zh) = (expected.join(", "), expected.join("、"));
                words!(
                    "{file}: no column tells whose row of {list} it is; head one with {list_en}, or name the column with --key",
                    "{file}：没有哪一列写明 {list} 的各行属于谁；请加标题为 {list_zh} 的列，或用 --key 指明列名"
                )
            }
            Self::RowOfNobody { place, list, fault } => {
                let Words { en, zh } = place.words();
                match fault {
                    None => words!(
                        "{en}: this row of {list} does not tell whose it is; fill in its key column, for any result may lack it",
                        "{zh}：{list} 的这一行没有写明属于谁；请填写其归属列，否则任何结果都可能缺这一行"
                    ),
                    Some(fault) => {
                        let fault = fault.words();
                        let (fault_en, fault_zh) = (fault.en, fault.zh);
                        words!(
                            "{en}: it cannot be told whose row of {list} this is, so any result may lack it: {fault_en}",
                            "{zh}：无法判断 {list} 的这一行属于谁，任何结果都可能缺这一行：{fault_zh}"
                        )
                    }
                }
            }
            Self::TooManyListRows { file, limit } => words!(
                "{file} has more than {limit} rows to gather by subject; split the data",
                "{file} 需按考核对象归集的行超过 {limit} 行；请拆分数据"
            ),
        }
    }
}

/// What is wrong with a row of headings.
#[derive(Debug)]
pub enum HeadingFault {
    /// It cannot be read.
    Unreadable(RowFault),
    /// No heading names an input.
    NoneKnown {
        /// Some headings that were expected.
        expected: Vec<String>,
    },
    /// The headings stand in one cell, parted by another sign than a comma.
    OtherSeparator {
        /// The sign.
        sign: char,
    },
    /// Two columns hold one input.
    HeadedTwice {
        /// The input, the subject or the period.
        input: String,
        /// The first column.
        first: ColumnName,
        /// The second column.
        second: ColumnName,
    },
    /// A heading means more than one input.
    Ambiguous {
        /// The column.
        column: ColumnName,
        /// One input it may mean.
        first: String,
        /// Another.
        second: String,
    },
    /// A heading names an input that does not fit in one column.
    OfMany {
        /// The column.
        column: ColumnName,
        /// A heading that would do, where there is one.
        instead: Option<String>,
    },
    /// A heading names a list whose rows stand in a table of their own.
    OfRows {
        /// The column.
        column: ColumnName,
        /// The list.
        list: String,
    },
}

impl HeadingFault {
    /// The fault in this row of headings.
    #[must_use]
    pub fn at(self, place: &Place) -> ReadError {
        ReadError::Headings {
            place: place.clone(),
            fault: Box::new(self),
        }
    }

    /// The fault in words.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::Unreadable(fault) => {
                let Words { en, zh } = fault.words();
                words!("the headings cannot be read: {en}", "标题行无法读取：{zh}")
            }
            Self::NoneKnown { expected } => {
                let (list_en, list_zh) = (expected.join(", "), expected.join("、"));
                words!(
                    "no heading names an input of the scheme; expected are {list_en}; if the headings stand elsewhere, write --header-row",
                    "没有一个标题是方案的输入；应为 {list_zh}；如果标题在别的行，请用 --header-row 指明"
                )
            }
            Self::OtherSeparator { sign } => {
                let (en, zh) = match sign {
                    ';' => ("semicolons", "分号"),
                    '\t' => ("tabs", "制表符"),
                    _ => ("Chinese signs", "中文标点"),
                };
                words!(
                    "the headings are parted by {en}, and CSV is read with commas (,); save the table as \"CSV UTF-8 (comma delimited)\"",
                    "各标题之间用的是{zh}，而 CSV 按英文逗号（,）分隔；请另存为“CSV UTF-8（逗号分隔）”"
                )
            }
            Self::HeadedTwice {
                input,
                first,
                second,
            } => {
                let (first, second) = (first.words(), second.words());
                let (first_en, second_en) = (first.en, second.en);
                let (first_zh, second_zh) = (first.zh, second.zh);
                words!(
                    "{first_en} and {second_en} both hold `{input}`; keep one",
                    "{first_zh}与 {second_zh}都是“{input}”，请只保留一列"
                )
            }
            Self::Ambiguous {
                column,
                first,
                second,
            } => {
                let Words { en, zh } = column.words();
                words!(
                    "{en} may be `{first}` or `{second}`; head it with one of these",
                    "{zh}可能是“{first}”或“{second}”，请写明是哪一个"
                )
            }
            Self::OfMany { column, instead } => {
                let Words { en, zh } = column.words();
                match instead {
                    Some(instead) => words!(
                        "{en} names several figures; give each its own column, as `{instead}`",
                        "{zh}含有多个数据，请每项一列，例如“{instead}”"
                    ),
                    None => words!(
                        "{en} names several figures; give each its own column",
                        "{zh}含有多个数据，请每项一列"
                    ),
                }
            }
            Self::OfRows { column, list } => {
                let Words { en, zh } = column.words();
                words!(
                    "{en} belongs to `{list}`, which has rows of its own; put them into a table of theirs, and write --list {list}=FILE (in a workbook, a sheet named {list} will do)",
                    "{zh}属于“{list}”，它本身有多行；请另立一表逐行填写，并加 --list {list}=文件名（工作簿中可另设名为“{list}”的工作表）"
                )
            }
        }
    }
}
