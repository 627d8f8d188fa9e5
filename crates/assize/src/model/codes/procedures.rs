//! Findings about procedures and indicators.

use crate::diagnostic::{Code, Severity};

pub(crate) static UNKNOWN_STEP: Code = Code {
    name: "unknown-step",
    severity: Severity::Error,
    page_en: "A step comes after another one, or counts from it, and the procedure has no step of \
              that name. A record could never be held against it. Steps are called by the name \
              behind `step`, and only those of one procedure follow each other. Write the name as it \
              is declared, or add the step.",
    page_zh: "某个步骤要排在另一步骤之后，或从另一步骤起算，而本程序没有那个步骤，记录也就无从核对。\
              步骤以“步骤”后面的代号相称，先后只在同一程序内排。请改成声明时的写法，或补上这个步骤。",
    wrong: r#"
scheme crew "机组评价" {
    procedure monthly "每月评分" every month cite "五" {
        step collect-forms "收集评分表", on day 20..25
        step hand-in-forms "上交", before end of month, after colect-forms
    }
}
"#,
    right: r#"
scheme crew "机组评价" {
    procedure monthly "每月评分" every month cite "五" {
        step collect-forms "收集评分表", on day 20..25
        step hand-in-forms "上交", before end of month, after collect-forms
    }
}
"#,
};

pub(crate) static STEPS_WAIT_FOR_EACH_OTHER: Code = Code {
    name: "steps-wait-for-each-other",
    severity: Severity::Error,
    page_en: "Steps come after each other in a circle, so that none of them can be taken first. \
              Whoever follows the procedure would never begin. Take one `after` away, or one \
              `within … of`, which also means that the other step comes first.",
    page_zh: "几个步骤首尾相接地互相“后于”，谁也不能先做，照办的人永远无法开始。\
              请去掉其中一处“后于”；“自 … 起几天内”也表示那一步在前。",
    wrong: r#"
scheme handling "投诉处理" {
    procedure complaint "投诉处理" cite "四" {
        step accept "受理", after reply
        step reply "答复", within 3 days of accept
    }
}
"#,
    right: r#"
scheme handling "投诉处理" {
    procedure complaint "投诉处理" cite "四" {
        step accept "受理"
        step reply "答复", within 3 days of accept
    }
}
"#,
};

pub(crate) static PROCEDURE_WITHOUT_STEPS: Code = Code {
    name: "procedure-without-steps",
    severity: Severity::Warning,
    page_en: "A procedure has a name and no step, so nobody knows what is to be done, and nothing can \
              come out of a schedule. Write its steps, or leave the procedure out.",
    page_zh: "程序只有名称，没有步骤：没人知道要做什么，日程表上也不会有它。请写上各个步骤，或删去这个程序。",
    wrong: r#"
scheme crew "机组评价" {
    procedure monthly "每月评分" every month cite "五" {
    }
}
"#,
    right: r#"
scheme crew "机组评价" {
    procedure monthly "每月评分" every month cite "五" {
        step collect-forms "收集评分表", on day 20..25
    }
}
"#,
};

pub(crate) static WINDOW_UNPLACED: Code = Code {
    name: "window-unplaced",
    severity: Severity::Error,
    page_en: "A step names a day, and not of which month: neither the step nor its procedure says how \
              often it is taken, and the scheme does not say how often it assesses. Or it is taken \
              every quarter and due before the end of a month, which may be any of three. A schedule \
              would have to guess. Write `every month`, `every quarter`, `every half year` or `every \
              year`; a day of a quarter's last month is `by day 30 of the last month`.",
    page_zh: "步骤写了几日，却不知是哪个月：步骤、程序都没有写多久一次，方案也没有写考核周期；\
              或者每季度一次，期限却是月末，而一个季度有三个月末。这样排日程只能靠猜。\
              请写上“每月”“每季度”“每半年”或“每年”；季度最后一个月的某日写作“不迟于 末月 30 日”。",
    wrong: r#"
scheme report "工作总结" {
    procedure summary "总结" cite "七" {
        step write-summary "提交总结", by day 20
    }
}
"#,
    right: r#"
scheme report "工作总结" {
    procedure summary "总结" every quarter cite "七" {
        step write-summary "提交总结", by day 20 of the last month
    }
}
"#,
};

pub(crate) static DAY_MISSING_IN_SOME_MONTHS: Code = Code {
    name: "day-missing-in-some-months",
    severity: Severity::Note,
    page_en: "Some of the months in which the step is due do not have this day: no February has a day \
              30. The schedule then takes the month's last day, which is what most regulations mean, \
              and few say. Nothing needs to change; where the end of the month is meant, `before end \
              of month` says so.",
    page_zh: "有的月份没有这一天，例如二月没有 30 日。日程按当月最后一天计，这多半也是条文的本意，只是条文很少写明。\
              不必改动；若本意就是月末，可写“不迟于 月末”。",
    wrong: r#"
scheme crew "机组评价" {
    procedure monthly "每月评分" every month cite "五" {
        step collect-forms "收集评分表", on day 25..30
    }
}
"#,
    right: r#"
scheme crew "机组评价" {
    procedure monthly "每月评分" every month cite "五" {
        step collect-forms "收集评分表", on day 25..28
    }
}
"#,
};

pub(crate) static WINDOW_NOT_IN_EVERY_MONTH: Code = Code {
    name: "window-not-in-every-month",
    severity: Severity::Warning,
    page_en: "A step is due on a day that some of its months do not have at all: April has no day 31, \
              February no day 30. The schedule takes the last day of such a month, and so would some \
              readers; others would do it on the first of the next month, or not at all. Say what is \
              meant: `before end of month`, `on day 25..30`, or a day that every month has.",
    page_zh: "步骤规定在某一天办理，而有的月份根本没有这一天：四月没有 31 日，二月没有 30 日。\
              日程按当月最后一天计，有人也会这样理解，有人却会推到下月 1 日，或干脆不办。\
              请写明本意：“不迟于 月末”“于 25～30 日”，或每个月都有的日子。",
    wrong: r#"
scheme crew "机组评价" {
    procedure monthly "每月评分" every month cite "五" {
        step collect-forms "收集评分表", on day 31
    }
}
"#,
    right: r#"
scheme crew "机组评价" {
    procedure monthly "每月评分" every month cite "五" {
        step collect-forms "收集评分表", before end of month
    }
}
"#,
};

pub(crate) static LEVELS_NOT_A_CHOICE: Code = Code {
    name: "levels-not-a-choice",
    severity: Severity::Error,
    page_en: "The levels of an indicator are the options of a choice, and what stands behind `on` is \
              something else. Declare the levels with `choice`, from the best to the worst, and name \
              that choice.",
    page_zh: "观察指标的档次应是某个“选项”中的各项，而“评以”后面写的是别的东西。\
              请先用“选项”由优到劣列出各档，再在这里写它的名称。",
    wrong: r#"
scheme survey "满意度调查" {
    input answer "评价" : count
    indicator speed "响应速度" on answer, from "问卷" cite "二"
    result answer
}
"#,
    right: r#"
scheme survey "满意度调查" {
    choice level "满意度" best first { 满意, 一般, 不满意 }
    input answer "评价" : count
    indicator speed "响应速度" on level, from "问卷" cite "二"
    result answer
}
"#,
};
