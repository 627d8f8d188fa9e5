//! `--reading`.

use super::Folder;

/// 10 yuan for each low mark, or 20 yuan for each in the other reading.
const FINES: &str = r#"scheme fines "罚款" {
    assesses person "人员"
    input low "低分次数" : count
    reading fine_each "每次罚款" cite "三" {
        line "逐次" => 10 yuan
        doubled "加倍" => 20 yuan
    }
    result fine "罚款" = low * fine_each
    example "两次" {
        given low = 2
        expect fine = 20 yuan
    }
}
"#;

fn fines() -> Folder {
    Folder::new(&[
        ("fines.scheme", FINES),
        ("a.csv", "人员,低分次数\n甲,3\n"),
        (
            "fines.cases.jsonl",
            "{\"id\":\"one\",\"input\":{\"low\":1},\"expect\":{\"status\":\"ok\",\"fine\":\"20\"}}\n",
        ),
    ])
}

#[test]
fn the_first_alternative_holds_unless_another_is_chosen() {
    let folder = fines();
    let ran = folder
        .run("score fines.scheme a.csv --format jsonl")
        .ends(0);
    let first = ran.json();
    assert_eq!(first["results"]["fine"], "30");
    let reading = &first["readings"][0];
    assert_eq!(reading["name"], "fine_each");
    assert_eq!(reading["label"], "每次罚款");
    assert_eq!(reading["alternative"], "line");
    assert_eq!(reading["article"], "三");

    for name in ["fine_each=doubled", "每次罚款=加倍"] {
        let run = format!("score fines.scheme a.csv --format jsonl --explain --reading {name}");
        let chosen = folder.run(&run).ends(0).json();
        assert_eq!(chosen["results"]["fine"], "60");
        assert_eq!(chosen["readings"][0]["alternative"], "doubled");
        assert_eq!(chosen["trace"]["readings"], chosen["readings"]);
    }
}

#[test]
fn an_explanation_names_the_readings() {
    let folder = fines();
    folder
        .run("explain fines.scheme a.csv --row 甲")
        .ends(0)
        .shows("reading of 每次罚款: 逐次  〔三〕\n");
    folder
        .run("explain fines.scheme a.csv --row 甲 --reading fine_each=doubled --lang zh")
        .ends(0)
        .shows("解读“每次罚款”：取“加倍”  〔三〕（另行选定，非首选）\n");
}

#[test]
fn cases_are_run_for_the_alternative_and_examples_for_the_first() {
    let folder = fines();
    folder
        .run("test fines.scheme")
        .ends(1)
        .shows("expected 20, got 10");
    folder
        .run("test fines.scheme --reading fine_each=doubled")
        .ends(0)
        .says("its examples are for other readings");
    folder
        .run("check fines.scheme --reading fine_each=doubled")
        .ends(0);
}

#[test]
fn what_cannot_be_chosen_is_answered_with_what_there_is() {
    let folder = fines();
    folder
        .run("score fines.scheme a.csv --reading fine=doubled")
        .ends(2)
        .says("no such reading; there are: fine_each=line|doubled");
    folder
        .run("check fines.scheme --reading fine_each=trebled")
        .ends(2)
        .says("write one of line|doubled");
    folder
        .run("test fines.scheme --reading fine_each --lang zh")
        .ends(2)
        .says("请写成 --reading 解读=写法");
    folder
        .run("score fines.scheme a.csv --reading fine_each=line --reading 每次罚款=加倍")
        .ends(2)
        .says("given twice");
    folder
        .run("check preset:welfare-service-502030 --reading fine=line")
        .ends(2);
}
