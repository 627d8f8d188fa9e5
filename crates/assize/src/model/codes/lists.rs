//! Findings about lists, rows, tables by several keys, and figures without end.

use crate::diagnostic::{Code, Severity};

pub(crate) static UNROUNDED_IRRATIONAL: Code = Code {
    name: "unrounded-irrational",
    severity: Severity::Error,
    page_en: "A square root, a power, a logarithm or a standard deviation has no end as a decimal. \
              Two people who compute it by hand stop at different places, and their results \
              differ. It may stand only inside a rounding that says where it ends: \
              `round half up square root of x to 2 places`. The rounded figure is then exact, \
              ties included.",
    page_zh: "平方根、乘方、对数、标准差都除不尽，各人算到哪一位停下并不相同，结果也就不同。\
              它只能写在取舍规则里，如“四舍五入 平方根 x 保留2位小数”。\
              取舍后的数是准确的，恰好在中间的也不例外。",
    wrong: r#"
scheme spread "离散程度" {
    input scores "得分" : list of points 0..100
    result deviation "标准差" = standard deviation of scores
}
"#,
    right: r#"
scheme spread "离散程度" {
    input scores "得分" : list of points 0..100
    result deviation "标准差" = round half up standard deviation of scores to 2 places
}
"#,
};

pub(crate) static KEY_LEFT_OUT: Code = Code {
    name: "key-left-out",
    severity: Severity::Error,
    page_en: "A figure for each option leaves an option out, or a table by several keys is given \
              another number of keys than it has. Whoever falls into the gap would have no \
              figure, and nobody would know why. Write a line for each option, or `otherwise`; \
              write one condition for each key, separated by commas.",
    page_zh: "按选项逐一给数时漏了某个选项，或多键对照表的键数不对。落在空当里的人就没有数，\
              也没人知道为什么。请给每个选项写一行，或写“其余”；\
              多键对照表的每一行，每个键写一个条件，用逗号隔开。",
    wrong: r#"
scheme categories "分类考核" {
    choice category "类别" { quality "质量", safety "安全" }
    input a "质量得分" : points 0..100
    let score per category {
        quality => a
    }
    result scores = score
}
"#,
    right: r#"
scheme categories "分类考核" {
    choice category "类别" { quality "质量", safety "安全" }
    input a "质量得分" : points 0..100
    input b "安全得分" : points 0..100
    let score per category {
        quality => a
        safety  => b
    }
    result scores = score
}
"#,
};

pub(crate) static LOOPS_TOO_DEEP: Code = Code {
    name: "loops-too-deep",
    severity: Severity::Error,
    page_en: "Conditions for each element stand in conditions for each element, too deep to be \
              followed. Give the inner ones a name with `let` in an `each`, then use the name.",
    page_zh: "对每一项的条件层层相套，已无法读懂。请在“逐一”里用“令”给里层的数起名，再引用名称。",
    wrong: r#"
scheme depth "层数" {
    input xs "得分" : list of points 0..100
    result flat = every a in xs has every b in xs has every c in xs has every d in xs has every e in xs has every f in xs has every g in xs has g = a
}
"#,
    right: r#"
scheme depth "层数" {
    input xs "得分" : list of points 0..100
    result flat = every a in xs has every b in xs has b = a
}
"#,
};
