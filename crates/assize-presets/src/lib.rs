//! Schemes of real regulations, written in the language of assize.
//!
//! Each preset is the content of one folder: the scheme, the regulation beside it article by
//! article, cases with their expected results, a sample table and an empty one. Everything is text
//! in the program; nothing is read from disk.
//!
//! Here stands only what a list of presets shows. How a regulation is read, and why, stands in the
//! preset's [`source`](Preset::source).
//!
//! ```
//! let preset = assize_presets::find("welfare-service-502030").ok_or("no such preset")?;
//! assert_eq!(preset.title, "客户满意度工作考评管理办法");
//! assert!(preset.scheme.contains("grade \"等次\" by total"));
//! # Ok::<(), &str>(())
//! ```

use assize::syntax::Period;
use assize::text::Words;

/// A regulation as a scheme, with what belongs to it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Preset {
    /// The name in commands and data: `welfare-service-502030`.
    pub slug: &'static str,
    /// The title, as the scheme has it.
    pub title: &'static str,
    /// The document it was written from, without 《》.
    pub document: &'static str,
    /// What the document fixes.
    pub kind: Kind,
    /// How often the document assesses; `None` where it does not say.
    pub cycle: Option<Period>,
    /// The scheme.
    pub scheme: &'static str,
    /// The document's words, article by article, with the scheme's lines and the reading chosen;
    /// Markdown.
    pub source: &'static str,
    /// One case a line: a JSON object with `id`, `input` and `expect`.
    pub cases: &'static str,
    /// A small table with Chinese headings that can be scored as it stands; CSV.
    pub sample: &'static str,
    /// The same table without rows, to be filled in; CSV.
    pub empty: &'static str,
}

/// What a document fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// The text alone determines a figure or a verdict.
    Computed,
}

impl Kind {
    /// The word for it in lists: `computed`, 可计算.
    #[must_use]
    pub fn words(self) -> Words {
        let (en, zh) = match self {
            Self::Computed => ("computed", "可计算"),
        };
        Words {
            en: en.to_owned(),
            zh: zh.to_owned(),
        }
    }
}

/// Every preset, in the order of the slugs.
///
/// ```
/// assert!(assize_presets::presets().any(|preset| preset.slug == "bank-outlet-service"));
/// ```
pub fn presets() -> impl Iterator<Item = &'static Preset> {
    PRESETS.iter()
}

/// The preset of that slug, if there is one.
#[must_use]
pub fn find(slug: &str) -> Option<&'static Preset> {
    presets().find(|preset| preset.slug == slug)
}

macro_rules! preset {
    ($slug:literal, $title:literal, $document:literal, $kind:expr, $cycle:expr) => {
        Preset {
            slug: $slug,
            title: $title,
            document: $document,
            kind: $kind,
            cycle: $cycle,
            scheme: include_str!(concat!("../schemes/", $slug, "/", $slug, ".scheme")),
            source: include_str!(concat!("../schemes/", $slug, "/source.md")),
            cases: include_str!(concat!("../schemes/", $slug, "/cases.jsonl")),
            sample: include_str!(concat!("../schemes/", $slug, "/sample.csv")),
            empty: include_str!(concat!("../schemes/", $slug, "/empty.csv")),
        }
    };
}

static PRESETS: [Preset; 6] = [
    preset!(
        "bank-outlet-service",
        "银行网点优质规范服务考核办法（网点）",
        "银行网点优质规范服务考核办法",
        Kind::Computed,
        Some(Period::Quarter)
    ),
    preset!(
        "chongyi-power-station-service",
        "崇义县供电有限责任公司优质服务管理及考核办法",
        "崇义县供电有限责任公司优质服务管理及考核办法",
        Kind::Computed,
        None
    ),
    preset!(
        "mechanized-crew-service-rating",
        "服务满意度评分管理办法",
        "服务满意度评分管理办法",
        Kind::Computed,
        Some(Period::Month)
    ),
    preset!(
        "national-team-rating",
        "全国服务满意度班组评分细则",
        "全国服务满意度班组评分细则",
        Kind::Computed,
        None
    ),
    preset!(
        "sales-aftersales-performance-pay",
        "客户服务满意度与绩效考核制度",
        "客户服务满意度与绩效考核制度",
        Kind::Computed,
        Some(Period::Month)
    ),
    preset!(
        "welfare-service-502030",
        "客户满意度工作考评管理办法",
        "服务客户满意度工作考评管理办法",
        Kind::Computed,
        Some(Period::Month)
    ),
];
