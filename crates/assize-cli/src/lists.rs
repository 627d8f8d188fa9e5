//! The lists of a run: rows in tables of their own, which `--list`, `--key` and the sheets of a
//! workbook name, and rows of the data that are periods, which `--periods` gathers.

use std::path::{Path, PathBuf};

use assize::outcome::Refusal;
use assize::text::Words;

use crate::arguments::DataArguments;
use crate::failure::Failure;
use crate::read::{
    self, Data, Encoding, InputFormat, ListRows, ListTable, Parents, ReadOptions, Record,
    RefusedRow, SubjectColumn, nearest,
};
use crate::words::words;

/// The lists whose rows stand in tables of their own.
#[derive(Default)]
pub struct Lists {
    /// Outer lists before those inside them.
    lists: Vec<ListRows>,
    parents: Parents,
}

/// A list to be read, and where its rows stand.
pub struct Asked {
    table: ListTable,
    at: At,
    key: SubjectColumn,
}

enum At {
    File(PathBuf),
    Sheet(String),
}

impl Asked {
    /// Whether this list is asked for.
    #[must_use]
    pub fn is_of(&self, list: &ListTable) -> bool {
        self.table.name == list.name
    }
}

/// What is wrong with the flags for lists.
#[derive(Debug)]
pub enum ListFault {
    /// Not `NAME=FILE`.
    NotAList {
        /// As it was written.
        text: String,
    },
    /// The scheme has no list of that name.
    NoSuchList {
        /// The name.
        name: String,
        /// One like it.
        near: Option<String>,
        /// The lists that it has.
        lists: Vec<String>,
    },
    /// A list is given in two ways.
    Twice {
        /// The list.
        name: String,
    },
    /// There are several `--key`, but not one for each `--list`.
    KeysForLists {
        /// How many keys.
        keys: usize,
        /// How many lists.
        lists: usize,
    },
    /// Nothing tells which row of the outer list a row belongs to.
    NoOuterKey {
        /// The list.
        name: String,
    },
    /// The scheme does not say what it assesses.
    NoSubject {
        /// The list.
        name: String,
    },
    /// Rows of data cannot be gathered into a list inside something else.
    PeriodsInside {
        /// The list.
        name: String,
    },
    /// A column would be an input of the subject and a member of the list.
    PeriodsUnclear {
        /// The list.
        name: String,
        /// The key of both.
        key: String,
    },
}

impl ListFault {
    /// The fault in words.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::NotAList { text } => words!(
                "--list {text}: write --list NAME=FILE",
                "--list {text}：请写成 --list 列表=文件名"
            ),
            Self::NoSuchList { name, near, lists } => {
                let (list_en, list_zh) = (lists.join(", "), lists.join("、"));
                match near {
                    Some(near) => words!(
                        "the scheme has no list `{name}`; did you mean `{near}`?",
                        "方案没有列表“{name}”；是否应为“{near}”？"
                    ),
                    None if lists.is_empty() => words!(
                        "the scheme has no list `{name}`, nor any other",
                        "方案没有列表“{name}”，也没有其他列表"
                    ),
                    None => words!(
                        "the scheme has no list `{name}`; it has {list_en}",
                        "方案没有列表“{name}”；现有：{list_zh}"
                    ),
                }
            }
            Self::Twice { name } => words!(
                "the list {name} is given twice; keep one",
                "列表 {name} 给出了两次，请只保留一处"
            ),
            Self::KeysForLists { keys, lists } => words!(
                "--key is given {keys} times for {lists} lists; give it once for all, or once for each --list in the same order",
                "--key 给出了 {keys} 次，而 --list 有 {lists} 个；请只给一次（对所有列表有效），或按相同顺序每个列表各给一次"
            ),
            Self::NoOuterKey { name } => words!(
                "nothing tells which row each row of {name} belongs to; write --key SUBJECT,MEMBER, where MEMBER is a member of the outer rows",
                "无法判断 {name} 的各行属于外层列表的哪一行；请加 --key 考核对象列,成员列，其中成员列是外层各行的一个成员"
            ),
            Self::NoSubject { name } => words!(
                "rows of {name} are matched by the subject, and the scheme does not say what it assesses; add a line `assesses …`",
                "{name} 的各行按考核对象归属，而方案没有写明考核谁；请加一行“考核 …”"
            ),
            Self::PeriodsInside { name } => words!(
                "--periods {name}: rows of data are gathered only into a list that stands by itself",
                "--periods {name}：数据行只能归集到最外层的列表"
            ),
            Self::PeriodsUnclear { name, key } => words!(
                "--periods {name}: `{key}` is an input of the subject and a member of {name}, and a column cannot tell which; put the rows into a table of their own with --list",
                "--periods {name}：“{key}”既是考核对象的输入，又是 {name} 的成员，同一列无法区分；请把各行另立一表，用 --list 给出"
            ),
        }
    }
}

impl From<ListFault> for Failure {
    fn from(fault: ListFault) -> Self {
        Self::List(Box::new(fault))
    }
}

/// The list of `--periods`.
///
/// # Errors
///
/// If the scheme has no such list, or if it stands inside something else.
pub fn of_periods(name: &str, tables: &[ListTable]) -> Result<ListTable, ListFault> {
    let table = find(name, tables)?;
    if table.path.len() != 1 || table.outer.is_some() {
        return Err(ListFault::PeriodsInside { name: table.name });
    }
    Ok(table)
}

fn find(name: &str, tables: &[ListTable]) -> Result<ListTable, ListFault> {
    let found = tables.iter().find(|table| table.is_called(name));
    found.cloned().ok_or_else(|| {
        let names = tables.iter().map(|table| table.name.as_str());
        ListFault::NoSuchList {
            name: name.to_owned(),
            near: nearest(name, names.clone()).map(str::to_owned),
            lists: names.map(str::to_owned).collect(),
        }
    })
}

/// The lists of the flags `--list` and `--key`.
///
/// # Errors
///
/// If the flags do not say which list stands where.
pub fn of_flags(
    arguments: &DataArguments,
    tables: &[ListTable],
    subject: &SubjectColumn,
) -> Result<Vec<Asked>, ListFault> {
    let (keys, lists) = (arguments.key.len(), arguments.list.len());
    if keys > 1 && keys != lists {
        return Err(ListFault::KeysForLists { keys, lists });
    }
    let mut asked: Vec<Asked> = Vec::new();
    for (number, text) in arguments.list.iter().enumerate() {
        let named = text.split_once('=');
        let named = named.filter(|(name, file)| !name.trim().is_empty() && !file.trim().is_empty());
        let Some((name, file)) = named else {
            return Err(ListFault::NotAList { text: text.clone() });
        };
        let table = find(name.trim(), tables)?;
        if asked.iter().any(|other| other.is_of(&table)) {
            return Err(ListFault::Twice { name: table.name });
        }
        let key = match arguments.key.as_slice() {
            [one] => Some(one),
            keys => keys.get(number),
        };
        asked.push(with_key(
            table,
            At::File(PathBuf::from(file.trim())),
            key,
            subject,
        )?);
    }
    Ok(asked)
}

fn with_key(
    mut table: ListTable,
    at: At,
    key: Option<&String>,
    subject: &SubjectColumn,
) -> Result<Asked, ListFault> {
    let mut columns = table.key_columns(subject);
    if let Some(key) = key {
        // One key for all lists may be that of an inner one.
        let (own, outer) = match key.split_once([',', '，']) {
            Some((own, outer)) => (own, Some(outer.trim())),
            None => (key.as_str(), None),
        };
        columns.headings = vec![own.trim().to_owned()];
        if let (Some(text), Some(outer)) = (outer, &mut table.outer) {
            let member = outer.member(text).map(|member| member.key.clone());
            outer.key = member.unwrap_or_default();
            columns.outer = vec![text.to_owned()];
        }
    }
    if table
        .outer
        .as_ref()
        .is_some_and(|outer| outer.key.is_empty())
    {
        return Err(ListFault::NoOuterKey { name: table.name });
    }
    Ok(Asked {
        table,
        at,
        key: columns,
    })
}

/// Adds the sheets of a workbook that are named as lists, and notes them as read for themselves. A
/// sheet is the data, and no list, where it is chosen or no other is left.
///
/// # Errors
///
/// If a list has a sheet and a `--list`, or if the workbook cannot be read.
pub fn add_sheets(
    asked: &mut Vec<Asked>,
    data: &Data,
    tables: &[ListTable],
    subject: &SubjectColumn,
    options: &mut ReadOptions,
) -> Result<(), Failure> {
    let sheets = data.sheets(options)?;
    let named: Vec<(&String, &ListTable)> = sheets
        .iter()
        .filter(|sheet| options.sheet.as_ref() != Some(sheet))
        .filter_map(|sheet| {
            let table = tables.iter().find(|table| table.is_called(sheet))?;
            Some((sheet, table))
        })
        .collect();
    if named.len() == sheets.len() {
        return Ok(());
    }
    for (sheet, table) in named {
        if asked.iter().any(|other| other.is_of(table)) {
            let name = table.name.clone();
            return Err(ListFault::Twice { name }.into());
        }
        let at = At::Sheet(sheet.clone());
        asked.push(with_key(table.clone(), at, None, subject)?);
        options.other_sheets.push(sheet.clone());
    }
    Ok(())
}

/// Rows are matched by the subject, so there must be one.
///
/// # Errors
///
/// If rows are to be matched, and the scheme does not say what it assesses.
pub fn need_subject(
    asked: &[Asked],
    periods: Option<&ListTable>,
    subject: &SubjectColumn,
) -> Result<(), ListFault> {
    let tables = asked.iter().map(|asked| &asked.table);
    match tables.chain(periods).next() {
        Some(list) if subject.headings.is_empty() => Err(ListFault::NoSubject {
            name: list.name.clone(),
        }),
        Some(_) | None => Ok(()),
    }
}

/// Whether one of the lists stands in a CSV file, to which `--encoding` then belongs.
#[must_use]
pub fn has_csv(asked: &[Asked]) -> bool {
    asked.iter().any(|asked| match &asked.at {
        At::File(path) => is_csv(path),
        At::Sheet(_) => false,
    })
}

fn is_csv(path: &Path) -> bool {
    InputFormat::of_data(path, &ReadOptions::default()) == Some(InputFormat::Csv)
}

impl Lists {
    /// Reads the tables. Answers what they warn of as well.
    ///
    /// # Errors
    ///
    /// If one of them cannot be read.
    pub fn read(
        mut asked: Vec<Asked>,
        data: &Data,
        encoding: Encoding,
        parents: Parents,
    ) -> Result<(Self, Vec<Words>), Failure> {
        asked.sort_by_key(|asked| asked.table.outer.is_some());
        let mut lists = Vec::new();
        let mut warnings = Vec::new();
        for Asked { table, at, key } in asked {
            let mut options = ReadOptions::default();
            let (source, file) = match at {
                At::Sheet(sheet) => {
                    options.format = Some(InputFormat::Xlsx);
                    let file = format!("{}, {sheet}", data.name());
                    options.sheet = Some(sheet);
                    (data.source()?, file)
                }
                At::File(path) => {
                    if is_csv(&path) {
                        options.encoding = encoding;
                    }
                    let own = Data::File(path);
                    let sheets = own.sheets(&options)?;
                    options.sheet = sheets.into_iter().find(|sheet| table.is_called(sheet));
                    (own.source()?, own.name())
                }
            };
            let (rows, told) = ListRows::read(source, table, &key, &options)?;
            warnings.extend(told.into_iter().map(|warning| {
                let Words { en, zh } = warning;
                words!("{file}: {en}", "{file}：{zh}")
            }));
            lists.push(rows);
        }
        Ok((Self { lists, parents }, warnings))
    }

    /// Puts the rows of a subject into its figures.
    ///
    /// # Errors
    ///
    /// If one of them could not be read, or if it cannot be told whose rows they are.
    pub fn attach(&self, record: &mut Record) -> Result<(), Box<RefusedRow>> {
        for list in &self.lists {
            list.attach(record, &self.parents)?;
        }
        Ok(())
    }

    /// Where the rows stand whose input is refused, if it is an input of a list.
    #[must_use]
    pub fn place_of(&self, record: &Record, refusal: &Refusal) -> Option<Words> {
        let mut lists = self.lists.iter();
        lists.find_map(|list| list.place_of(record, &refusal.field))
    }

    /// The rows whose subject is not among the data.
    #[must_use]
    pub fn orphans(&self) -> Vec<RefusedRow> {
        let lists = self.lists.iter();
        lists.flat_map(|list| list.orphans(&self.parents)).collect()
    }

    /// How many rows of each list were read, and what reading them left to tell.
    #[must_use]
    pub fn notes(&self) -> Vec<Words> {
        let lists = self.lists.iter();
        lists.flat_map(|list| list.notes(&self.parents)).collect()
    }
}

/// The subjects of data, read once for their names.
///
/// # Errors
///
/// If it cannot be read to its end.
pub fn parents(
    data: &Data,
    fields: &[assize::input::InputField],
    subject: &SubjectColumn,
    options: &ReadOptions,
) -> Result<Parents, Failure> {
    let rows = read::open(data.source()?, fields, subject, options)?;
    Ok(Parents::of_rows(rows, &data.name())?)
}
