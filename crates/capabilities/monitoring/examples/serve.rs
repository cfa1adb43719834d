//! The pages of monitoring alone, over the example.
use db::Database;
use identity::{Actor, Ctx, NewOffice, NewPerson, OfficeKind};
use journal::{Audience, Draft, Folds, Journal};
use kernel::{Date, Failure};
use web::{App, Catalogue, Shell};

fn main() {
    let folder = std::path::PathBuf::from(std::env::args().nth(1).unwrap());
    let exercise = std::env::args().nth(2).as_deref() == Some("exercise");
    let port = std::env::args().nth(3).unwrap_or("8471".to_owned());
    let fresh = !folder.join("b.db").exists();
    std::fs::create_dir_all(&folder).unwrap();
    let db = Database::open(&folder.join("b.db")).unwrap();
    db.write(|tx| identity::migrate(tx)).unwrap();
    let journal = Journal::open(db.clone(), Folds::new(vec![territory::fold(), identity::fold(), monitoring::fold()])).unwrap();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis() as i64;
    if fresh {
        let places = territory::example().unwrap();
        let mut drafts = vec![Draft { audience: Audience::Local, scope: "*".into(), person: "programme".into(), office: String::new(), reason: String::new(), kind: places.kind.into(), subject: places.subject, payload: places.payload, at_millis: now }];
        drafts.extend(if exercise { monitoring::exercise(now) } else { monitoring::example(now) }.unwrap());
        db.write(|tx| drafts.into_iter().try_for_each(|it| journal.append(tx, it).map(|_| ()))).unwrap();
        for (login, kind, place, title) in [
            ("awa", OfficeKind::CercleAdviser, "EX-CERCLE", "Conseillère du cercle"),
            ("ibrahim", OfficeKind::MunicipalSecretary, "EX-C1", "Secrétaire général"),
            ("fanta", OfficeKind::RegionalOfficer, "EX-REGION", "Chargée de suivi"),
            ("moussa", OfficeKind::NationalOfficer, "EX-NATION", "Cellule nationale"),
        ] {
            db.write(|tx| {
                let actor = Actor::program();
                let mut ctx = Ctx::new(tx, &journal, &actor, now);
                let id = identity::add_person(&mut ctx, &NewPerson { name: login.to_uppercase(), login: login.into(), password: "karité-2025-niébé".into() })?;
                identity::add_office(&mut ctx, id, &NewOffice { kind, title: title.into(), place: place.into(), from: Date::from_millis(now).plus_days(-2), to: None })?;
                Ok::<_, kernel::Stop<identity::PersonRefused>>(())
            }).unwrap();
        }
    }
    let mut parts = web::words().to_vec();
    parts.push(graphics::words());
    parts.extend(monitoring::words());
    let catalogue = Catalogue::new(&parts).unwrap();
    let shell = Shell {
        menu: vec![("/suivi", "nav-monitoring")],
        status: vec![|_, _, _, _| Ok(vec!["Enregistré".to_owned()])],
        place_name: |tx, code, on| Ok(territory::version_near(tx, code, on)?.map(|it| it.name)),
        pdf: |_| Err(Failure::NotFound),
    };
    let app = App::new(journal, catalogue, shell);
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let it = web::listen(app, monitoring::routes(), format!("127.0.0.1:{port}").parse().unwrap()).await.unwrap();
        println!("http://{}", it.address);
        it.run(std::future::pending()).await.unwrap();
    });
}
