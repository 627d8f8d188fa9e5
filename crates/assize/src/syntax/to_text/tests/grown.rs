//! Statements about lists, readings and procedures, laid out by hand in both keyword languages.

use super::{format_checked, formatted};
use crate::syntax::Keywords;

const ENGLISH: &str = "\
scheme t {
    extends bank-outlet-service
    input people : list of { id : text unique, score : points 0..50, optional }
    input months : list of {  # on the list
        # before a member
        month : number
        score : points 0..100, optional  # beside a member
        # last member
    } in order by month, optional cite \"一\"
    input visits : list of one of scale \"类型\" {
        A \"甲\" { x : count }
        B {
            y : flag  # beside y
            z : points 0..10
        }
    }
    input waits : duration 0 minutes..30 minutes per text
    each m in months {  # on each
        let below = m.score < 80
        run low of below restarts after 3
        carry b : money = 0 yuan becomes b + 100 yuan
        consequence fine amount 2000 yuan when low = 3
    }
    let five by scale {
        A         => 5
        otherwise => 4
    }
    let score per category { a => x + 1, b => 0 }
    reading formula \"公式\" {  # on the reading
        # before the first
        corrected \"更正\" => a / b * 100  # beside the first
        as_written       => (b - a) / b
        # last
    }
    require answered \"答复\" : every complaints has replied cite \"五\"
    let late = count of (emails where replied - received > 24 hours)
    let sums = sum of (score[c] for c in category where score[c] > 0)
    let best = mean of (highest 3 of xs skipping missing)
    let mean = mean of xs skipping missing
    table rate by kind, years {
        A or B, 1..3 => 5
        C, from 4    => 6
        otherwise    => 0
    }
    result order {
        place = (rank of score in people, highest first, ties share)
        per o in quality = share[o]
    }
    result months per m in months { low, paid = m.paid }
    indicator speed \"响应速度\", on level, from \"问卷\", by \"客户\", \"员工\", higher is better {
        \"热线\", lower is better
    }
    procedure monthly \"每月\" every month {
        step collect-forms \"收集\", on day 25..30, by \"班组长\", requires form \"评分表\", signature, kept for 3 years
        step hand-in, before end of month, after collect-forms
        step answer, within 3 days of hand-in, gives report
    }
    example {
        given months = [{ score 78, paid [] }, { score 79.5, at 2024-05-01 08:00 }]
    }
}
";

const CHINESE: &str = "\
方案 t {
    沿用 bank-outlet-service
    输入 people : 列表 { id : 文本, 不重复, score : 分值 0..50, 可缺 }
    输入 months : 列表 {  # on the list
        # before a member
        month : 数值
        score : 分值 0..100, 可缺  # beside a member
        # last member
    }, 依次 按 month, 可缺 条款 \"一\"
    输入 visits : 列表 按类 scale \"类型\" {
        A \"甲\" { x : 次数 }
        B {
            y : 是否  # beside y
            z : 分值 0..10
        }
    }
    输入 waits : 按 文本 的 时长 0分钟..30分钟
    逐一 m 于 months {  # on each
        令 below = m.score < 80
        连续次数 low 为 below, 满3次重计
        结转 b : 金额 = 0元 为 b + 100元
        若 low = 3 则 奖惩 fine 金额 2000元
    }
    令 five 按 scale {
        A    为 5
        其余 为 4
    }
    令 score 每 category { a 为 x + 1, b 为 0 }
    解读 formula \"公式\" {  # on the reading
        # before the first
        corrected \"更正\" 为 a / b * 100  # beside the first
        as_written       为 (b - a) / b
        # last
    }
    要求 answered \"答复\" : 每 complaints 均 replied 条款 \"五\"
    令 late = 个数 (emails 其中 replied - received > 24小时)
    令 sums = 合计 (逐一 c 于 category 其中 score[c] > 0 取 score[c])
    令 best = 平均 (xs 的 最高3项 缺者不计)
    令 mean = 平均 xs 缺者不计
    对照表 rate 按 kind, years {
        A 或 B, 1..3 为 5
        C, 不低于4   为 6
        其余         为 0
    }
    结果 order {
        place = (score 于 people 中的排名, 由高到低, 并列同名次)
        每 o 于 quality = share[o]
    }
    结果 months 每 m 于 months { low, paid = m.paid }
    观察指标 speed \"响应速度\", 评以 level, 来自 \"问卷\", 由 \"客户\", \"员工\", 越高越好 {
        \"热线\", 越低越好
    }
    程序 monthly \"每月\" 每月 {
        步骤 collect-forms \"收集\", 于25～30日, 由 \"班组长\", 须附 form \"评分表\", signature, 保存3年
        步骤 hand-in, 不迟于 月末, 后于 collect-forms
        步骤 answer, 自 hand-in 起 3天内, 提交 report
    }
    算例 {
        已知 months = [{ score 78, paid [] }, { score 79.5, at 2024-05-01 08:00 }]
    }
}
";

#[test]
fn either_language_gives_the_other_and_stays_as_it_is() {
    assert_eq!(formatted(ENGLISH, Keywords::Keep), ENGLISH);
    assert_eq!(formatted(ENGLISH, Keywords::Chinese), CHINESE);
    assert_eq!(formatted(CHINESE, Keywords::Keep), CHINESE);
    assert_eq!(formatted(CHINESE, Keywords::English), ENGLISH);
}

/// A comment wherever one can stand in the new blocks.
const COMMENTS: &str = "\
scheme s {
    input xs : list of { # a
        # b
        a : count # c
        # d
    } in order # e
    input vs : list of one of k { # f
        # g
        A { # h
            a : count # i
        } # j
        # k
        B { b : flag }
        # l
    } # m
    reading r { # n
        # o
        x => 1 # p
        y { # q
            let q = 1 # r
        } # s
        # t
    } # u
    indicator i { # v
        \"甲\" # w
        # x
    } # y
    procedure p { # z
        step a-b # 1
        # 2
    } # 3
    let m per k { # 4
        a => 1 # 5
    } # 6
    result z per m in ms { # 7
        a, # 8
        # 9
        per o in q = 1 # 10
    } # 11
}
";

#[test]
fn alternatives_stand_below_each_other_with_their_articles() {
    super::pair(
        ["", ""],
        "
reading formula \"公式\" {
    corrected \"改正\" => a / b cite \"五\" assumed \"公式写反了\"
    as_written       => (b - a) / b cite \"五\" says \"原话\"
    # a comment parts them
    x => 0
}
reading fine cite \"六\" {
    brackets cite \"六、1\" assumed \"按档\" {
        let late = 1
    }
    line {
        let late = 2
    }
}",
        "
解读 formula \"公式\" {
    corrected \"改正\" 为 a / b 条款 \"五\" 推定 \"公式写反了\"
    as_written       为 (b - a) / b 条款 \"五\" 原文 \"原话\"
    # a comment parts them
    x 为 0
}
解读 fine 条款 \"六\" {
    brackets 条款 \"六、1\" 推定 \"按档\" {
        令 late = 1
    }
    line {
        令 late = 2
    }
}",
    );
}

#[test]
fn an_alternative_that_just_fits_stays_on_its_line() {
    let value = "a".repeat(104);
    let written = format!(
        "scheme t {{\n    reading r {{\n        x => {value}\n        longer => 0\n    }}\n}}\n"
    );
    // 8 + 1 + 4 + 104 columns are 117; filled up to `longer` they would be 122.
    assert_eq!(formatted(&written, Keywords::Keep), written);
    let shorter = written.replace(&value, "a");
    let aligned = shorter.replace("x =>", "x      =>");
    assert_eq!(formatted(&shorter, Keywords::Keep), aligned);
}

#[test]
fn no_comment_is_lost() {
    for keywords in [Keywords::Keep, Keywords::English, Keywords::Chinese] {
        let written = formatted(COMMENTS, keywords);
        assert_eq!(formatted(&written, keywords), written);
    }
}

#[test]
fn mistakes_inside_new_blocks_stay_as_they_are() {
    let text = "\
scheme t {
    each m in months {
        let a = = 1
    }
    input vs : list of one of k {
        A {
            a  count
        }
    }
    reading r {
        y {
            deduct  1 if late
        }
    }
    procedure p {
        step  a on the 5th
    }
}
";
    let kept = format_checked(text, &crate::text::Limits::default(), Keywords::Chinese);
    let kept = kept.expect("mistakes within single statements are kept");
    for line in [
        "let a = = 1",
        "a  count",
        "deduct  1 if late",
        "step  a on the 5th",
    ] {
        assert!(kept.contains(line), "{line}\n{kept}");
    }
}
