use db::testing;
use journal::{Audience, Draft, Folds, Journal};
use kernel::{Date, Failure};
use web::{App, Catalogue, Shell};
fn main() {
    let base = testing::sqlite();
    base.db.write(|tx| identity::migrate(tx)).unwrap();
    let folds = Folds::new(vec![territory::fold(), identity::fold(), monitoring::store::fold()]);
    let journal = Journal::open(base.db.clone(), folds).unwrap();
    let now = "2025-02-12".parse::<Date>().unwrap().to_millis();
    let mut content: Vec<Draft> = territory::shipped().unwrap().into_iter().chain([territory::example().unwrap()]).map(|it| Draft {
        audience: Audience::Local, scope: "*".to_owned(), person: "programme".to_owned(), office: String::new(), reason: String::new(),
        kind: it.kind.to_owned(), subject: it.subject, payload: it.payload, at_millis: now }).collect();
    content.extend(monitoring::circuit::example(now).unwrap());
    base.db.write(|tx| content.into_iter().try_for_each(|it| journal.append(tx, it).map(|_| ()))).unwrap();
    if std::env::var("MALI").is_ok() {
        let day = "2022-12-31".parse::<Date>().unwrap();
        let models: Vec<Draft> = monitoring::circuit::example(now).unwrap().into_iter().filter(|it| it.kind == "monitoring.return-filed" && it.subject.contains("/2024T")).collect();
        let units = base.db.read(|tx| territory::subtree(tx, "ML", day)).unwrap();
        let mut drafts = Vec::new();
        let communes: Vec<&String> = units.iter().filter(|it| it.1 == territory::Level::Commune).map(|it| &it.0).collect();
        let draft = |scope: &str, kind: &str, subject: String, payload: Vec<u8>| Draft { audience: Audience::Local, scope: scope.to_owned(), person: "programme".to_owned(), office: String::new(), reason: String::new(), kind: kind.to_owned(), subject, payload, at_millis: now };
        for (at, code) in communes.iter().enumerate() {
            if at % 37 == 5 { continue; }
            for it in models.iter().filter(|it| it.subject.starts_with(&format!("EX-C{}/", at % 3 + 1))) {
                let text = String::from_utf8(it.payload.clone()).unwrap().replace(&it.scope, code).replace("2023", "2021").replace("2024", "2022").replace("2025", "2023");
                let mut json: serde_json::Value = serde_json::from_str(&text).unwrap();
                for (_, cells) in json["values"].as_object_mut().unwrap() { for (key, value) in cells.as_object_mut().unwrap() {
                    if let Ok(n) = value.as_str().unwrap().parse::<u64>() { if n > 8 { let h = code.bytes().fold(7u64, |s, b| s * 31 + u64::from(b)) + if key.starts_with("DEM") { 0 } else { 13 }; *value = serde_json::Value::String((n + h % (n / 3 + 1)).to_string()); } }
                } }
                drafts.push(draft(code, &it.kind, it.subject.replace(&it.scope, code), serde_json::to_vec(&json).unwrap()));
            }
        }
        let pass = |drafts: &mut Vec<Draft>, kind: &str, place: &str| for q in 1..=4 { let quarter = format!("2022T{q}"); let payload = serde_json::json!({"place": place, "quarter": quarter, "day": "2023-02-10", "received": []}); drafts.push(draft(place, kind, format!("{place}/{quarter}"), serde_json::to_vec(&payload).unwrap())); };
        for (code, level) in &units { if matches!(level, territory::Level::Cercle | territory::Level::District) { pass(&mut drafts, "monitoring.quarter-closed", code); } }
        for (code, level) in &units { if matches!(level, territory::Level::Region | territory::Level::District) { pass(&mut drafts, "monitoring.quarter-validated", code); } }
        pass(&mut drafts, "monitoring.quarter-published", "ML");
        base.db.write(|tx| drafts.into_iter().try_for_each(|it| journal.append(tx, it).map(|_| ()))).unwrap();
        let started = std::time::Instant::now();
        base.db.read(|tx| monitoring::analysis::consolidate(tx, "ML", "2022T4".parse().unwrap())).unwrap();
        println!("consolidated in {:?}", started.elapsed());
    }
    let mut parts = web::words().to_vec();
    parts.extend([territory::words(), graphics::words(), monitoring::analysis::words()]);
    parts.push((include_str!("../src/engine.fr.ftl"), include_str!("../src/engine.en.ftl")));
    let shell = Shell { menu: vec![("/registre", "nav-register"), ("/territoire", "nav-territory"), ("/suivi", "nav-monitoring"), ("/echanges", "nav-exchange")], status: Vec::new(),
        place_name: |_, _, _| Ok(None), pdf: |it| pdf::write(it).map_err(Failure::broken) };
    let app = App::new(journal, Catalogue::new(&parts).unwrap(), shell);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let listening = runtime.block_on(web::listen(app, monitoring::analysis::routes(), ([127,0,0,1], 8477).into())).unwrap();
    println!("ready");
    runtime.block_on(listening.run(std::future::pending())).unwrap();
}
