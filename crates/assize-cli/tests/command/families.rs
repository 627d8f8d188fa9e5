//! Schemes that name others, and editions of one scheme.

use super::Folder;

const OUTLET: &str = r#"scheme outlet "网点" {
    assesses outlet "网点"
    input visit "暗访" : points 0..100
    item score "得分" out of 100 cite "一" { score visit }
}
"#;

const BRANCH: &str = r#"scheme branch "支行" {
    assesses branch "支行"
    input outlets "网点" : list of result of outlet
    result average "平均" = mean of outlets.score
}
"#;

/// Two outlets of 80 and 90.
const DATA: &str = r#"{"branch": "甲", "outlets": [{"visit": 80}, {"visit": 90}]}"#;

#[test]
fn a_scheme_is_found_beside_the_one_that_names_it() {
    for place in ["all/outlet.scheme", "outlet/outlet.scheme"] {
        let branch = place.replace("outlet", "branch");
        let folder = Folder::new(&[(place, OUTLET), (&branch, BRANCH), ("a.jsonl", DATA)]);
        folder.run("check .").ends(0);
        folder.run("test .").ends(0);
        let scored = folder.run(&format!("score {branch} a.jsonl --format jsonl"));
        assert_eq!(scored.ends(0).json()["results"]["average"], "85");
    }
}

#[test]
fn a_preset_is_found_by_its_slug() {
    let text = BRANCH.replace("result of outlet", "result of bank-outlet-service");
    let text = text.replace("outlets.score", "outlets.total");
    let folder = Folder::new(&[("branch.scheme", &text)]);
    folder.run("check branch.scheme").ends(0);
    folder.run_with("check -", text.as_bytes()).ends(0);
}

#[test]
fn why_another_scheme_cannot_be_used_is_told_where_it_is_named() {
    let folder = Folder::new(&[("branch.scheme", BRANCH)]);
    folder
        .run("check branch.scheme")
        .ends(1)
        .shows("no scheme `outlet` here");
    folder.write(
        "outlet.scheme",
        "scheme outlet {\n    deduct 5 if late\n}\n",
    );
    folder
        .run("check branch.scheme")
        .ends(1)
        .shows("`outlet` has errors; `assize check outlet.scheme`");
    folder.write(
        "outlet.scheme",
        OUTLET.replace("scheme outlet", "scheme hall"),
    );
    folder
        .run("check branch.scheme --lang zh")
        .ends(1)
        .shows("outlet.scheme 中的方案名为“hall”");
}

#[test]
fn schemes_that_need_each_other_are_refused() {
    let other = |own: &str, other: &str| {
        BRANCH
            .replace("scheme branch", &format!("scheme {own}"))
            .replace("result of outlet", &format!("result of {other}"))
    };
    let folder = Folder::new(&[
        ("a.scheme", &other("a", "b")),
        ("b.scheme", &other("b", "a")),
        ("c.scheme", &other("c", "c")),
        ("d.scheme", "scheme d {\n    extends a\n}\n"),
    ]);
    let way = |file: &str, way: &str| {
        folder
            .run(&format!("check {file}.scheme"))
            .ends(1)
            .shows(&format!("need each other: {way};"));
    };
    way("a", "a → b → a");
    way("b", "b → a → b");
    way("c", "c → c");
    way("d", "a → b → a");
    folder
        .run("score a.scheme no.csv")
        .ends(2)
        .says("a → b → a");
}

/// 5 or 6 a time.
fn edition(year: &str, days: &str, marks: &str) -> String {
    format!(
        "scheme rules-{year} \"办法\" {{\n    edition of rules\n    {days}\n    \
         assesses person \"人员\"\n    input late \"迟到\" : count\n    \
         item attendance \"出勤\" out of 100 cite \"一\" {{\n        start at 100\n        \
         deduct {marks} per late\n        not below 0 cite \"一\"\n    }}\n}}\n"
    )
}

fn editions(older: &str) -> Folder {
    Folder::new(&[
        ("rules/2020.scheme", &edition("2020", older, "5")),
        (
            "rules/2023.scheme",
            &edition("2023", "effective from 2023-02-01", "6"),
        ),
        ("a.csv", "人员,迟到\n甲,2\n"),
    ])
}

#[test]
fn the_edition_in_force_is_taken() {
    let folder = editions("effective from 2020-01-01 until 2023-01-31");
    let total = |day: &str| {
        let run = format!("score rules a.csv --format jsonl --as-of {day}");
        folder.run(&run).ends(0).json()["results"]["total"].clone()
    };
    // `until` includes its day.
    assert_eq!(total("2020-01-01"), "90");
    assert_eq!(total("2023-01-31"), "90");
    assert_eq!(total("2023-02-01"), "88");
    folder
        .run("explain rules a.csv --row 甲 --as-of 2022-05-01")
        .ends(0)
        .shows("90");
    folder
        .run("score rules a.csv")
        .ends(2)
        .says("rules has several editions: rules/2020.scheme (from 2020-01-01 until 2023-01-31), rules/2023.scheme (from 2023-02-01)");
    folder
        .run("score rules a.csv --as-of 2019-12-31")
        .ends(2)
        .says("no edition of rules is in force on 2019-12-31");
    folder
        .run("score rules/2023.scheme a.csv --as-of 2022-01-01 --lang zh")
        .ends(2)
        .says("2022-01-01 时 rules/2023.scheme（自 2023-02-01 起） 不在施行期内");
    folder.run("check rules").ends(0).says("2 ");
    folder.run("check rules --as-of 2023-05-01").ends(0);
    folder.run("check rules --as-of 2019-05-01").ends(2);
    folder
        .run("score rules a.csv --as-of 2023-2-1 --lang zh")
        .ends(2)
        .says("请写日期，例如 2024-05-01");
}

#[test]
fn editions_that_no_day_tells_apart_are_refused() {
    editions("effective from 2020-01-01")
        .run("check rules")
        .ends(2)
        .says("several editions of rules are in force on 2023-02-01");
    editions("effective from 2020-01-01 until 2023-02-01")
        .run("check rules --lang zh")
        .ends(2)
        .says("2023-02-01 有多个 rules 版本同时施行");
    editions("effective from 2020-01-01")
        .run("score rules a.csv --as-of 2023-06-01")
        .ends(2)
        .says("several editions of rules are in force on 2023-06-01: rules/2020.scheme (from 2020-01-01), rules/2023.scheme");
    editions("")
        .run("score rules a.csv --as-of 2023-06-01")
        .ends(2)
        .says("do not say from when they are in force: rules/2020.scheme;");
    editions("deduct 5 if late")
        .run("score rules a.csv --as-of 2023-06-01")
        .ends(2)
        .says("rules/2020.scheme cannot be used");
}

#[test]
fn a_day_that_chooses_nothing_is_told() {
    let folder = Folder::new(&[("outlet.scheme", OUTLET), ("a.csv", "网点,暗访\n甲,80\n")]);
    for run in ["score outlet.scheme a.csv", "check outlet.scheme"] {
        folder
            .run(&format!("{run} --as-of 2024-01-01"))
            .ends(0)
            .says("--as-of changes nothing");
    }
}

#[test]
fn presets_that_are_editions_are_reached_by_their_family() {
    let folder = Folder::new(&[("a.csv", "项目经理部\n甲\n")]);
    let family = "preset:construction-customer-service";
    let ran = folder.run(&format!("check {family} --output-format json"));
    let found = ran.ends(0).json();
    assert_eq!(found["summary"]["files"], 2);
    folder.run(&format!("score {family} a.csv")).ends(2).says(
        "preset:construction-customer-service-2000, preset:construction-customer-service-2008;",
    );
    // Neither document says from when it is in force.
    folder
        .run(&format!("score {family} a.csv --as-of 2009-01-01"))
        .ends(2)
        .says("do not say from when they are in force");
    folder
        .run("presets show construction-customer-service")
        .ends(2)
        .says("construction-customer-service-20");
}
