//! What is observed and never scored: indicators with their aspects.
//!
//! Many regulations name what is to be looked at without saying how many points it brings. A scheme
//! keeps those names, where their figures come from and who assesses them. Deliberately absent: any
//! number. An indicator that is scored is an item.
//!
//! ```
//! let text = r#"
//! scheme hall-survey "大厅测评" {
//!     choice level "满意度" best first { 满意, 一般, 不满意 }
//!     indicator service "服务质量" on level, from "问卷", by "客户" cite "二" {
//!         speed "响应速度" higher is better
//!     }
//! }
//! "#;
//! let scheme = assize::check(text).scheme.ok_or("the text has errors")?;
//! let [service] = scheme.indicators() else { panic!("it has one") };
//! assert_eq!(service.levels, ["满意", "一般", "不满意"]);
//! assert_eq!(service.from, ["问卷"]);
//! assert_eq!(service.aspects[0].shown(), "响应速度");
//! assert_eq!(service.aspects[0].article(), Some("二"));
//! # Ok::<(), &str>(())
//! ```

use crate::model::Origin;
use crate::number::Rational;
use crate::syntax::Better;

/// Something that is observed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indicator {
    /// The name that data uses: its key, its name, or its label where it has no name.
    pub key: String,
    /// Its name in the scheme; its label where it has none.
    pub name: String,
    /// What people read.
    pub label: Option<String>,
    /// The name of the choice whose options are its levels.
    pub on: Option<String>,
    /// The levels: the options of that choice as people read them, in written order.
    pub levels: Vec<String>,
    /// The fewest and the most points, both included, where it is assessed in points.
    pub points: Option<(Rational, Rational)>,
    /// Where its figures come from.
    pub from: Vec<String>,
    /// Who assesses it.
    pub by: Vec<String>,
    /// Which way it is better, where the scheme says so.
    pub better: Option<Better>,
    /// What it consists of.
    pub aspects: Vec<Self>,
    pub(crate) origin: Origin,
}

impl Indicator {
    /// What people read: the label, or else the name.
    #[must_use]
    pub fn shown(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.name)
    }

    /// The article on which it rests: its own, or that of the indicator around it.
    #[must_use]
    pub fn article(&self) -> Option<&str> {
        self.origin.article.as_deref()
    }

    /// What it assumes that the document does not say.
    #[must_use]
    pub fn assumed(&self) -> Option<&str> {
        self.origin.assumed.as_deref()
    }
}
