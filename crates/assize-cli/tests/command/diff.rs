//! `diff`: changes in words, the subjects they meet, and the money that moves.

use super::{Folder, PUNCTUALITY};

/// 40 less 5 a time and 60 by the visit; a fine below 60, a bonus for each of the people.
const OLD: &str = r#"scheme shop-2023 "门店服务考核" {
    assesses shop "门店" every month
    out of 100 cite "一"
    input late "迟到" : count, lower is better
    input mystery "暗访" : points 0..60, optional
    input people "人员" : list of { id "姓名" : text, base "底薪" : money 0.. } = []
    item conduct "日常表现" out of 40 cite "二" {
        start at 40
        deduct 5 per late cite "二、1"
        not below 0 cite "二、2"
    }
    item visit "暗访得分" out of 60 cite "三" {
        score mystery
        missing => count as full assumed "未暗访按满分"
    }
    grade "等次" by total cite "四" {
        from 90   => 优秀
        from 60   => 合格
        otherwise => 不合格
    }
    consequence fine "罚款" amount 100 yuan to "店长" when total < 60 cite "五"
    result bonus "奖金" = 10% * sum of people.base
}
"#;

/// 6 a time, the visit required, 优秀 from 95, fines of 200 below 65, a bonus of 12 %.
fn new() -> String {
    OLD.replace("shop-2023", "shop-2024")
        .replace("deduct 5 per", "deduct 6 per")
        .replace("points 0..60, optional", "points 0..60")
        .replace(
            "        missing => count as full assumed \"未暗访按满分\"\n",
            "",
        )
        .replace("from 90 ", "from 95 ")
        .replace("amount 100 yuan", "amount 200 yuan")
        .replace("total < 60", "total < 65")
        .replace("10% * sum", "12% * sum")
}

fn shops() -> Folder {
    Folder::new(&[
        ("old.scheme", OLD),
        ("new.scheme", &new()),
        (
            "shops.csv",
            "门店,迟到,暗访\n东店,1,60\n西店,0,\n南店,3,30\n北店,0,60\n中店,4,43\n",
        ),
        (
            "people.csv",
            "门店,姓名,底薪\n东店,甲,1000\n东店,乙,2000\n西店,丙,500\n",
        ),
    ])
}

/// What is told, less the section of the proof, which has tests of its own.
fn without_proof(out: &str) -> String {
    let Some((before, behind)) = out.split_once("\nFor every subject that both score:") else {
        return out.to_owned();
    };
    match behind.split_once("\n\n") {
        Some((_, rest)) => format!("{before}\n{rest}"),
        None => before.to_owned(),
    }
}

#[test]
fn changes_are_told_in_words() {
    let folder = shops();
    let ran = folder.run("diff old.scheme new.scheme").ends(1);
    assert_eq!(
        without_proof(&ran.out),
        "scheme: name changed from “shop-2023” to “shop-2024”\n\
         input 暗访 (mystery): presence changed from “may be missing” to “required”\n\
         item 日常表现 (conduct): deduction changed from “deduct 5 per 迟到” to “deduct 6 per 迟到”  〔二、1〕\n\
         item 暗访得分 (visit): missing-data rule removed: missing => count as full  〔三〕\n\
         grade 等次 (grade): grade line changed from “from 90 => 优秀” to “from 95 => 优秀”  〔四〕\n\
         consequence 罚款 (fine): amount changed from “100 yuan” to “200 yuan”  〔五〕\n\
         consequence 罚款 (fine): condition changed from “总分 < 60” to “总分 < 65”  〔五〕\n\
         result 奖金 (bonus): value changed from “10% * sum of people.base” to “12% * sum of people.base”\n"
    );
    ran.says("8 changes of meaning, 0 of articles alone");
    folder
        .run("diff old.scheme new.scheme --lang zh")
        .ends(1)
        .shows("奖惩“罚款”（fine）：金额由“100元”改为“200元”  〔五〕\n")
        .says("含义变动 8 处，仅条款变动 0 处");
}

#[test]
fn what_means_the_same_ends_with_0() {
    let folder = Folder::new(&[("a.scheme", PUNCTUALITY), ("b.scheme", PUNCTUALITY)]);
    folder.run("fmt b.scheme --keywords zh").ends(0);
    assert!(folder.read("b.scheme").contains("方案"));
    let ran = folder.run("diff a.scheme b.scheme").ends(0);
    assert_eq!(ran.out, "");
    ran.says("the schemes mean the same");
}

#[test]
fn articles_alone_stand_behind_the_rest() {
    let other = PUNCTUALITY
        .replace("cite \"三\"", "cite \"四\"")
        .replace("deduct 5", "deduct 4")
        .replace("given late = 2", "given late = 0")
        .replace("total = 90", "total = 100");
    let folder = Folder::new(&[("a.scheme", PUNCTUALITY), ("b.scheme", &other)]);
    let ran = folder.run("diff a.scheme b.scheme").ends(1);
    assert_eq!(
        without_proof(&ran.out),
        "item 出勤 (attendance): deduction changed from “deduct 5 per 迟到” to “deduct 4 per 迟到”  〔二〕\n\
         \n\
         Articles alone:\n\
         grade 等次 (grade): article changed from “三” to “四”\n"
    );
}

#[test]
fn subjects_stand_side_by_side_and_counts_add_up() {
    let folder = shops();
    let ran = folder
        .run("diff old.scheme new.scheme --data shops.csv --list people=people.csv --lang zh")
        .ends(1);
    // 东店: 40 − 5 = 35 and 40 − 6 = 34, with 60 in all 95 and 94: 94 is below 95. The bonus is a
    // tenth of 3000, or 12 %. 南店: 25 + 30 = 55 and 22 + 30 = 52, fined 100 and 200. 中店: 20 + 43 = 63
    // and 16 + 43 = 59: fined 200 now. 北店 has 100 in both. 西店 was not visited.
    let table = ran.out.split_once("考核对象").unwrap().1;
    let (rows, rest) = table.split_once("\n\n").unwrap();
    let rows: Vec<Vec<&str>> = rows
        .lines()
        .skip(1)
        .map(|line| line.split_whitespace().collect())
        .collect();
    let row = |subject: &str, what: &str| -> Vec<&str> {
        let found = rows.iter().find(|row| row[0] == subject && row[2] == what);
        found.unwrap_or_else(|| panic!("{subject} {what}"))[3..].to_vec()
    };
    assert_eq!(row("东店", "日常表现"), ["35", "34"]);
    assert_eq!(row("东店", "总分"), ["95", "94"]);
    assert_eq!(row("东店", "等次"), ["优秀", "合格"]);
    assert_eq!(row("东店", "奖金"), ["300", "360"]);
    assert_eq!(row("西店", "状态")[0], "已评分");
    assert!(row("西店", "状态")[1].starts_with("拒收"));
    assert_eq!(row("南店", "罚款"), ["店长", "100", "店长", "200"]);
    assert_eq!(row("中店", "罚款"), ["-", "店长", "200"]);
    assert!(!rows.iter().any(|row| row[0] == "北店"));
    // The bonus of 西店, a tenth of 500, is no longer paid: 350 before, 360 now.
    let lines: Vec<Vec<&str>> = rest
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(
        lines[..3]
            .iter()
            .map(|line| line.concat())
            .collect::<Vec<_>>(),
        [
            "共5个考核对象：4个有变动，1个不变",
            "3个两次均已评分，结果不同",
            "1个由“已评分”变为“拒收”",
        ]
    );
    assert_eq!(lines[5], ["罚款", "100", "400", "+300"]);
    assert_eq!(lines[6], ["奖惩合计", "100", "400", "+300"]);
    assert_eq!(lines[7], ["奖金", "350", "360", "+10"]);
    assert_eq!(lines[8], ["结果合计", "350", "360", "+10"]);
}

#[test]
fn programs_get_the_same_in_one_object() {
    let folder = shops();
    let whole = folder
        .run("diff old.scheme new.scheme --data shops.csv --list people=people.csv --format json")
        .ends(1)
        .json();
    assert_eq!(whole["old"]["scheme"], "shop-2023");
    assert_eq!(whole["new"]["path"], "new.scheme");
    let deduction = &whole["changes"][2];
    assert_eq!(deduction["what"], "item");
    assert_eq!(deduction["name"], "conduct");
    assert_eq!(deduction["aspect"], "deduction");
    assert_eq!(deduction["how"], "changed");
    assert_eq!(deduction["old"]["zh"], "每 迟到 扣5");
    assert_eq!(deduction["new"]["en"], "deduct 6 per 迟到");
    assert_eq!(deduction["new_article"], "二、1");
    assert_eq!(deduction["old_place"]["line"], 9);
    let subjects = &whole["subjects"];
    assert_eq!(
        (&subjects["all"], &subjects["same"], &subjects["differ"]),
        (&5.into(), &1.into(), &4.into())
    );
    assert_eq!(subjects["ways"][0]["old"], "ok");
    assert_eq!(subjects["ways"][0]["count"], 4);
    assert_eq!(subjects["ways"][0]["differ"], 3);
    assert_eq!(subjects["ways"][1]["new"], "error");
    assert_eq!(subjects["affected"][1]["old"]["results"]["total"], "100");
    assert_eq!(subjects["affected"][1]["new"]["code"], "missing");
    assert_eq!(whole["money"]["consequences"]["difference"], "300");
    assert_eq!(whole["money"]["results"]["by_name"]["bonus"]["new"], "360");
}

#[test]
fn data_is_read_once_from_standard_input() {
    let folder = shops();
    let ran = folder.run_with(
        "diff old.scheme new.scheme --data - --input-format csv --format json",
        "门店,迟到,暗访\n北店,0,60\n".as_bytes(),
    );
    assert_eq!(ran.ends(1).json()["subjects"]["same"], 1);
    folder
        .run_with(
            "diff - new.scheme --data - --input-format csv",
            OLD.as_bytes(),
        )
        .ends(2)
        .says("standard input (-) can be read once only");
    folder
        .run_with("diff - new.scheme", OLD.as_bytes())
        .ends(1)
        .shows("amount changed from “100 yuan” to “200 yuan”");
}

#[test]
fn what_only_one_scheme_knows_is_used_for_that_one() {
    let old =
        "scheme a {\n    assesses unit\n    input late : count\n    result fine = late * 2\n}\n";
    let new = "scheme a {\n    assesses team\n    parameter each : count\n    input late, sick : count\n    input days : list of { n : count } = []\n    result fine = late * each\n}\n";
    let folder = Folder::new(&[
        ("a.scheme", old),
        ("b.scheme", new),
        ("u.csv", "unit,late,sick,odd\nx,1,0,\ny,2,0,\n"),
        ("days.csv", "unit,n\nx,3\n"),
    ]);
    // 2 a time in both: the same for everybody, although the schemes are not.
    let ran = folder
        .run("diff a.scheme b.scheme --data u.csv --set each=2 --list days=days.csv --key unit --format json")
        .ends(1)
        .says("old scheme: ")
        .says("warning: ");
    let whole = ran.json();
    assert_eq!(whole["subjects"]["all"], 2);
    assert_eq!(whole["subjects"]["same"], 2, "{}", ran.out);
    folder
        .run("diff a.scheme b.scheme --data u.csv --set every=2")
        .ends(2)
        .says("--set every");
    folder
        .run("diff a.scheme b.scheme --data u.csv --list weeks=days.csv")
        .ends(2)
        .says("no list `weeks`");
    folder
        .run("diff a.scheme b.scheme --set each=2")
        .ends(1)
        .says("--set changes nothing without --data");
}

#[test]
fn a_result_that_was_renamed_is_the_same_result() {
    let other = PUNCTUALITY.replace("attendance", "presence");
    let folder = Folder::new(&[
        ("a.scheme", PUNCTUALITY),
        ("b.scheme", &other),
        ("a.csv", "人员,迟到\n甲,1\n"),
    ]);
    let ran = folder.run("diff a.scheme b.scheme --data a.csv").ends(1);
    assert_eq!(
        ran.out,
        "item 出勤 (presence) was called attendance, and is called presence  〔二〕\n\n\
         Proved: no subject's result can differ.\n\n\
         subjects: 1; with differences: 0; the same: 1\n"
    );
}

#[test]
fn a_scheme_whose_results_are_used_is_compared_too() {
    let outlet = "scheme outlet {\n    input visit : points 0..100\n    item score out of 100 cite \"一\" { score visit }\n}\n";
    let branch = "scheme branch {\n    input outlets : list of result of outlet\n    result mean = mean of outlets.score\n}\n";
    let folder = Folder::new(&[
        ("old/outlet.scheme", outlet),
        ("old/branch.scheme", branch),
        (
            "new/outlet.scheme",
            &outlet.replace("score visit", "score visit / 2"),
        ),
        ("new/branch.scheme", branch),
    ]);
    let ran = folder
        .run("diff old/branch.scheme new/branch.scheme")
        .ends(1);
    assert_eq!(
        without_proof(&ran.out),
        "in outlet, item score: score changed from “score visit” to “score visit / 2”  〔一〕\n"
    );
    // Half the score of each outlet is half the mean: nothing of the kind is proved.
    assert!(!ran.out.contains("Proved"), "{}", ran.out);
}

#[test]
fn a_scheme_with_errors_ends_with_2() {
    let folder = Folder::new(&[
        ("a.scheme", PUNCTUALITY),
        ("b.scheme", "scheme b { item x out of 5 { start at y } }\n"),
    ]);
    folder
        .run("diff a.scheme b.scheme")
        .ends(2)
        .says("b.scheme cannot be used");
    folder
        .run("diff a.scheme a.scheme --reading x=y")
        .ends(2)
        .says("--reading x");
}

#[test]
fn editions_are_compared_by_name() {
    let folder = Folder::new(&[]);
    folder
        .run("diff preset:construction-customer-service-2000 preset:construction-customer-service-2008 --lang zh")
        .ends(1)
        .shows("由“建立并保持项目顾客服务管理办法”改为“制定并保持项目顾客服务管理办法”");
}

/// 100 less 5 a time, or 2 and 3 a time: nobody's result differs. Less 6, one time already shows it.
#[test]
fn whose_results_can_differ() {
    let again = PUNCTUALITY.replace(
        "deduct 5 per late",
        "deduct 2 per late\n        deduct 3 per late",
    );
    let other = PUNCTUALITY
        .replace("deduct 5 per late", "deduct 6 per late")
        .replace("total = 90, grade = 合格", "total = 88, grade = 不合格");
    let folder = Folder::new(&[
        ("old.scheme", PUNCTUALITY),
        ("again.scheme", &again),
        ("other.scheme", &other),
    ]);
    folder
        .run("diff old.scheme again.scheme")
        .ends(1)
        .shows("Proved: no subject's result can differ.");
    folder
        .run("--lang zh diff old.scheme again.scheme")
        .ends(1)
        .shows("已证明：任何对象的结果都不会不同。");
    folder
        .run("diff old.scheme other.scheme")
        .ends(1)
        .shows("For every subject that both score:")
        .shows("出勤: differs: 迟到 ");
    let whole = folder
        .run("diff old.scheme other.scheme --format json")
        .ends(1)
        .json();
    assert_eq!(whole["proof"]["same"], false);
    assert_eq!(whole["proof"]["scored"]["verdict"], "same");
    assert_eq!(whole["proof"]["results"][0]["verdict"], "differs");
}
