//! Words of the full language that this version does not have, so that authors who use them are
//! told so instead of being sent looking for a mistake.

/// First words of statements, with their constructs.
static STATEMENTS: &[&str] = &[
    "extends",
    "沿用",
    "edition",
    "版本",
    "reading",
    "解读",
    "indicator",
    "观察指标",
    "procedure",
    "程序",
    "step",
    "步骤",
    "each",
    "逐一",
    "run",
    "连续次数",
    "carry",
    "结转",
    "require",
    "要求",
];

/// Types of one figure.
static TYPES: &[&str] = &["date", "日期", "time", "时刻", "duration", "时长"];

/// Figures of many that are written like a table applied to a value.
static AGGREGATES: &[&str] = &[
    "share",
    "占比",
    "median",
    "中位数",
    "variance",
    "方差",
    "rank",
    "排名",
    "names",
    "名单",
];

/// Phrases inside statements; `{` stands for a block, `#` for a figure.
static PHRASES: &[&[&str]] = &[
    &["list", "of", "{"],
    &["列表", "{"],
    &["list", "of", "result", "of"],
    &["one", "of"],
    &["按类"],
    &["in", "order"],
    &["依次"],
    &["per", "text"],
    &["where"],
    &["其中"],
    &["best", "#", "of"],
    &["last", "#", "of"],
    &["lowest", "#", "of"],
    &["top", "#"],
    &["最高", "#", "项"],
    &["rank", "of"],
    &["排名"],
    &["share", "of"],
    &["median", "of"],
    &["variance", "of"],
    &["split"],
    &["分配"],
    &["sorted"],
    &["排序"],
    &["names", "in"],
    &["名单"],
    &["skipping", "missing"],
    &["缺者不计"],
    &["counting", "missing"],
    &["counts", "scored"],
    &["ties", "share"],
    &["并列同名次"],
    &["without", "the"],
    &["#", "minutes"],
    &["#", "seconds"],
    &["#", "hours"],
    &["#", "days"],
    &["#", "months"],
    &["#", "years"],
    &["#", "day"],
    &["#", "秒"],
    &["#", "分钟"],
    &["#", "小时"],
    &["#", "天"],
    &["#", "个月"],
    &["#", "年"],
    &["date"],
    &["日期"],
    &["duration"],
    &["时长"],
];

/// Whether a word begins a statement that this version does not have.
pub(super) fn is_statement(word: &str) -> bool {
    STATEMENTS.contains(&word)
}

/// Whether a word is a type that this version does not have.
pub(super) fn is_type(word: &str) -> bool {
    TYPES.contains(&word)
}

/// Whether a word makes one figure of many in the full language.
pub(super) fn is_aggregate(word: &str) -> bool {
    AGGREGATES.contains(&word)
}

/// Whether a map's keys are free words (`per text`), which this version does not have.
pub(super) fn is_free_key(word: &str) -> bool {
    matches!(word, "text" | "文本")
}

/// The first phrase of the full language among the words of a statement: its first word's index
/// and how many words it has. Figures are given as `#`.
pub(super) fn phrase(words: &[&str]) -> Option<(usize, usize)> {
    (0..words.len()).find_map(|at| {
        let rest = words.get(at..).unwrap_or_default();
        let found = PHRASES.iter().find(|phrase| rest.starts_with(phrase))?;
        Some((at, found.len()))
    })
}
