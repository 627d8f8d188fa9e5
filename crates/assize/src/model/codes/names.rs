//! Findings about names, about statements that stand twice or in the wrong place, and about what
//! may be named where.

use crate::diagnostic::{Code, Severity};

pub(crate) static UNKNOWN_NAME: Code = Code {
    name: "unknown-name",
    severity: Severity::Error,
    page_en: "A name is used that no statement declares. Most often it is a slip of one letter; \
              the finding then offers the declared name that is nearest. Nothing is computed with \
              a name that is not declared: taking it as zero would change somebody's score without \
              anyone noticing. Declare it with `input` or `let`, or write the name as it is \
              declared. A hyphen subtracts, so a name with hyphens is read as several names.",
    page_zh: "用到了一个没有声明过的名称，多半是打错了一个字，提示中会给出最相近的名称。\
              没有声明的名称不会按零处理，否则有人的得分就会在无人察觉的情况下改变。\
              请用“输入”或“令”先声明，或改成声明时的写法。算式里的连字符是减号，带连字符的名称会被读成几个名称。",
    wrong: r#"
scheme service "服务考核" {
    input complaints "投诉" : count, lower is better
    item service "服务" out of 100 cite "三、1" {
        start at 100
        deduct 5 per complaint
        deduct 2 when complaints > 3
    }
}
"#,
    right: r#"
scheme service "服务考核" {
    input complaints "投诉" : count, lower is better
    item service "服务" out of 100 cite "三、1" {
        start at 100
        deduct 5 per complaints
        deduct 2 when complaints > 3
    }
}
"#,
};

pub(crate) static UNKNOWN_OPTION: Code = Code {
    name: "unknown-option",
    severity: Severity::Error,
    page_en: "A word stands where an option of a choice or a level of a grade belongs, and the \
              choice has no such option. Data can never hold that word, so the rule behind it would \
              never apply to anybody. Write one of the options that the finding lists, or add the \
              option to the choice.",
    page_zh: "此处应写某个选项（或某个等级），而所写的词不在其中。数据里不会出现这个词，\
              这条规则也就永远不会适用于任何人。请改为提示中列出的选项，或在“选项”里补上它。",
    wrong: r#"
scheme survey "满意度调查" {
    choice satisfaction "满意度" best first { 满意, 一般, 不满意 }
    input answer "客户评价" : satisfaction
    item survey "调查" out of 20 cite "二" {
        score by answer {
            满意   => 20
            一般   => 10
            不满意 => 0
        }
    }
    consequence talk "约谈" when answer = 不满 cite "三"
}
"#,
    right: r#"
scheme survey "满意度调查" {
    choice satisfaction "满意度" best first { 满意, 一般, 不满意 }
    input answer "客户评价" : satisfaction
    item survey "调查" out of 20 cite "二" {
        score by answer {
            满意   => 20
            一般   => 10
            不满意 => 0
        }
    }
    consequence talk "约谈" when answer = 不满意 cite "三"
}
"#,
};

pub(crate) static UNKNOWN_FAULT: Code = Code {
    name: "unknown-fault-code",
    severity: Severity::Error,
    page_en: "Data is refused for one of six reasons, and the word behind `refuse` names it: \
              `missing`, `type`, `range`, `domain`, `division_by_zero` or `conflict`. Programs that \
              collect the refusals sort them by these words. For two figures that cannot both be \
              right write `conflict`; for a figure that is too large or too small, `range`.",
    page_zh: "数据被拒收只有六种原因，由“拒收”后的词写明：missing（未填）、type（类型不符）、range（超出范围）、\
              domain（不在选项内）、division_by_zero（除数为零）、conflict（相互矛盾）。汇总拒收情况的程序按这些词归类。\
              两个数不可能同时成立的，写 conflict；数值过大或过小的，写 range。",
    wrong: r#"
scheme replies "回复率" {
    input received "收到" : count
    input replied "已回复" : count
    refuse too_many replied when replied > received
    let open = received - replied
    result open
}
"#,
    right: r#"
scheme replies "回复率" {
    input received "收到" : count
    input replied "已回复" : count
    refuse range replied when replied > received
    let open = received - replied
    result open
}
"#,
};

pub(crate) static NAME_TAKEN: Code = Code {
    name: "name-taken",
    severity: Severity::Error,
    page_en: "One name stands for two things, or one option is listed twice. Whoever reads a rule \
              could not tell which of the two it means, and neither could a data file. Rename one \
              of them; the label in quotes may stay the same. Inputs and figures share one set of \
              names, so an item cannot have the name of an input.",
    page_zh: "同一个名称代表了两样东西，或同一个选项写了两次。读规则的人分不清指的是哪一个，数据文件也对不上。\
              请给其中一个改名，引号里的中文名称可以不变。输入和指标共用一套名称，所以指标不能与输入同名。",
    wrong: r#"
scheme training "培训考核" {
    input exam "考试得分" : points 0..100
    input exam "补考得分" : points 0..100
    result score = exam
}
"#,
    right: r#"
scheme training "培训考核" {
    input exam "考试得分" : points 0..100
    input second_exam "补考得分" : points 0..100
    result score = max of (exam, second_exam)
}
"#,
};

pub(crate) static STATEMENT_TWICE: Code = Code {
    name: "statement-twice",
    severity: Severity::Error,
    page_en: "A scheme has one source, one period, one full mark and one `total`. Where one of \
              them stands twice, nothing says which counts. Delete one, or put the lines of both \
              `total` blocks into one block.",
    page_zh: "一个方案只有一个依据、一个考核周期、一个满分和一个“总分”。写了两次就无从判断以哪个为准。\
              请删去一个；“总分”写了两段的，请并成一段。",
    wrong: r#"
scheme monthly "月度考核" {
    assesses unit "单位" every month
    assesses unit "单位" every quarter
    input score "得分" : points 0..100
    result score
}
"#,
    right: r#"
scheme monthly "月度考核" {
    assesses unit "单位" every quarter
    input score "得分" : points 0..100
    result score
}
"#,
};

pub(crate) static MISPLACED: Code = Code {
    name: "misplaced-line",
    severity: Severity::Error,
    page_en: "The lines of an item act from top to bottom on a running score. `start at` and \
              `score` set that score, so they stand first: anywhere else they would throw away \
              what the lines above them have deducted. Rules that weigh members stand in a group, \
              not in an item. Move the line to where it can act as the regulation means it.",
    page_zh: "指标里的各行自上而下作用于一个分数。“起评”“得分”“按…计分”确定这个分数的起点，只能写在第一行；\
              写在后面，前面已扣的分就丢了。调整权重的规则写在“组”里，不写在“指标”里。请把这一行移到条文所指的位置。",
    wrong: r#"
scheme attendance "出勤考核" {
    input late "迟到" : count, lower is better
    item attendance "出勤" out of 100 cite "二" {
        deduct 5 per late
        start at 100
    }
}
"#,
    right: r#"
scheme attendance "出勤考核" {
    input late "迟到" : count, lower is better
    item attendance "出勤" out of 100 cite "二" {
        start at 100
        deduct 5 per late
    }
}
"#,
};

pub(crate) static CIRCULAR: Code = Code {
    name: "circular-figures",
    severity: Severity::Error,
    page_en: "A figure needs another one that in turn needs the first, so neither can ever be \
              computed. The finding names the figures of the circle. Usually one of them should use \
              the score before it was adjusted: give that its own name with `let`. A table can use \
              only tables that are written before it.",
    page_zh: "一个数要用另一个数，而另一个数又要用它，两个都算不出来。提示中写明了循环经过的各项。\
              多半是其中一项本应使用调整之前的得分，请用“令”给调整前的得分单独起名。对照表只能引用写在它前面的对照表。",
    wrong: r#"
scheme bonus "奖金" {
    input score "得分" : points 0..100
    let base = score + extra
    let extra = base / 10
    result base
}
"#,
    right: r#"
scheme bonus "奖金" {
    input score "得分" : points 0..100
    let base = score + extra
    let extra = score / 10
    result base
}
"#,
};

pub(crate) static NOT_AN_INPUT: Code = Code {
    name: "not-an-input",
    severity: Severity::Error,
    page_en: "A guarantee such as `total never rises with complaints` says how a figure moves when \
              the data moves, so what stands behind `with` is an input. A figure that the scheme \
              computes cannot be moved by itself. Name the inputs from which it is computed.",
    page_zh: "“总分 不随 投诉 升高”这样的保证，说的是数据变化时结果怎样变，所以“不随”后面应写输入。\
              方案自己算出的数不能单独变动，请改写成算出它所用的输入。",
    wrong: r#"
scheme complaints "投诉考核" {
    input minor, major : count, lower is better
    let all = minor + major
    item service "服务" out of 100 cite "二" {
        start at 100
        deduct 5 per all
    }
    guarantee total never rises with all
}
"#,
    right: r#"
scheme complaints "投诉考核" {
    input minor, major : count, lower is better
    let all = minor + major
    item service "服务" out of 100 cite "二" {
        start at 100
        deduct 5 per all
    }
    guarantee total never rises with minor, major
}
"#,
};

pub(crate) static NOT_A_MEMBER: Code = Code {
    name: "not-a-member",
    severity: Severity::Error,
    page_en: "The line speaks of the weight or the part of something, or of its being missing, but \
              that is not a member of the group: it has no weight there. Name one of the members, \
              or give it a weight with a line such as `20% of x`.",
    page_zh: "这一行说到某一项的权重、得分部分或缺项，但它不是组内成员，在那里没有权重。\
              请改写成组内的某一项，或用“x 占20%”把它列入组内。",
    wrong: r#"
scheme visits "暗访考核" {
    input mystery, onsite, survey : points 0..100
    group inspection "检查" cite "五" {
        60% of mystery
        40% of onsite
    }
    result survey
    result share = weight of survey
}
"#,
    right: r#"
scheme visits "暗访考核" {
    input mystery, onsite, survey : points 0..100
    group inspection "检查" cite "五" {
        60% of mystery
        40% of onsite
    }
    result survey
    result share = weight of onsite
}
"#,
};

pub(crate) static MEMBER_TWICE: Code = Code {
    name: "member-twice",
    severity: Severity::Error,
    page_en: "The same figure weighs in two lines or in two groups, so it would count twice. \
              Usually a line was copied and its name not changed. Write the figure that was meant; \
              if the regulation does count it twice, give one of the two a name of its own with \
              `let`, so that a reader sees it.",
    page_zh: "同一项在两行或两个组里都计了权重，会重复计分。多半是复制了一行而忘了改名称，请改成本来要写的那一项。\
              如果条文确实要计两次，请用“令”另起一个名称，让读的人看得出来。",
    wrong: r#"
scheme visits "暗访考核" {
    input mystery, onsite : points 0..100
    group inspection "检查" cite "五" {
        60% of mystery
        40% of mystery
    }
    result onsite
}
"#,
    right: r#"
scheme visits "暗访考核" {
    input mystery, onsite : points 0..100
    group inspection "检查" cite "五" {
        60% of mystery
        40% of onsite
    }
    result onsite
}
"#,
};

pub(crate) static EXAMPLE_NOT_DATA: Code = Code {
    name: "example-not-data",
    severity: Severity::Error,
    page_en: "An example shows data as it would stand in a table, and results as they would be \
              printed: figures, yes or no, options, text, lists and maps. A computation does not \
              belong there, because an example is to be checked by hand against the regulation. \
              Write the figure. Only a fraction such as `52/3` may be expected, where a result has \
              no finite decimals.",
    page_zh: "算例里写的是表格中会出现的数据和会得出的结果：数值、是或否、选项、文字、列表、花括号数据。\
              算例是供人对照条文手工核对的，所以不写算式，请直接写数。只有结果除不尽时，才可写成分数，如 52/3。",
    wrong: r#"
scheme attendance "出勤考核" {
    input late "迟到" : count, lower is better
    item attendance "出勤" out of 100 cite "二" {
        start at 100
        deduct 5 per late
    }
    example "迟到三次" {
        given late = 1 + 2
        expect attendance = 85
    }
}
"#,
    right: r#"
scheme attendance "出勤考核" {
    input late "迟到" : count, lower is better
    item attendance "出勤" out of 100 cite "二" {
        start at 100
        deduct 5 per late
    }
    example "迟到三次" {
        given late = 3
        expect attendance = 85
    }
}
"#,
};
