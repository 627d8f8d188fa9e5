//! Runs cases.
use assize::input::Subject;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let text = std::fs::read_to_string(&a[1]).unwrap();
    let beside = |slug: &str| { let t = std::fs::read_to_string(format!("/work/main/schemes/{slug}/{slug}.scheme")).ok()?; assize::check(&t).scheme };
    let mut checker = assize::Checker::new().beside(&beside);
    for r in a.iter().skip(3) { let (n, v) = r.split_once('=').unwrap(); checker = checker.reading(n, v); }
    let checked = checker.check(&text);
    for d in &checked.diagnostics { println!("{:?} {} [{}] {}", d.severity(), d.code.name, d.span.of(&text), d.message.en); }
    let Some(scheme) = checked.scheme else { return };
    let p = scheme.prepare(Subject::default()).unwrap();
    let (mut ok, mut bad) = (0, 0);
    if a.len() < 3 { return }
    for line in std::fs::read_to_string(&a[2]).unwrap().lines() {
        let v: serde_json::Value = serde_json::from_str(line).unwrap();
        let s: Subject = serde_json::from_value(v["input"].clone()).unwrap();
        let o = serde_json::to_value(p.evaluate(&s)).unwrap();
        let e = v["expect"].as_object().unwrap();
        let mut good = e["status"] == o["status"];
        for (k, x) in e {
            if k == "status" || k == "notes" || k.ends_with("_r10") || k.ends_with("_as_written") || k == "fine_linear_reading" { continue }
            let got = if matches!(k.as_str(), "reason" | "code" | "field") { &o[k] } else { &o["results"][k] };
            fn strip(v: &serde_json::Value) -> serde_json::Value { match v {
                serde_json::Value::Object(m) => m.iter().filter(|(k, v)| !k.ends_with("_r10") && !v.is_null()).map(|(k, v)| (k.clone(), strip(v))).collect::<serde_json::Map<_,_>>().into(),
                serde_json::Value::Array(a) => a.iter().map(strip).collect::<Vec<_>>().into(), v => v.clone() } }
            fn sub(e: &serde_json::Value, g: &serde_json::Value) -> bool { match (e, g) {
                (serde_json::Value::Object(e), serde_json::Value::Object(g)) => e.iter().all(|(k, x)| g.get(k).is_some_and(|y| sub(x, y))),
                (serde_json::Value::Array(e), serde_json::Value::Array(g)) => e.len() == g.len() && e.iter().zip(g).all(|(x, y)| sub(x, y)),
                (e, g) => e == g } }
            if !sub(&strip(x), &strip(got)) { good = false; println!("{} {k}: expected {x} got {got}  {}", v["id"], if o["status"] != "ok" { o.to_string() } else { String::new() }); }
        }
        if good { ok += 1 } else { bad += 1 }
    }
    println!("{ok} ok, {bad} bad");
}
