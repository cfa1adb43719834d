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
