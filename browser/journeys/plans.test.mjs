// The plans of communes (PDSEC): a cercle begins one, imports its lines from a spreadsheet, has it
// adopted, follows it, prints the programme of a year, revises it; anybody reads what is adopted.

import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { folder, open, screenshot, sound, visit } from '../harness.mjs'
import { addPerson, file, keep, prepare, press, refused, rows, sees, setUp, signIn } from './acts.mjs'

let bench, data, page
before(async () => {
  data = await folder()
  await prepare(data, 'EX-CERCLE', 'example')
  bench = await open({ data })
  page = await bench.page({ options: { acceptDownloads: true } })
  await setUp(page, {
    name: 'Moussa Keïta', login: 'moussa.keita', office: 'cercle-adviser',
    title: 'Conseiller du centre', post: 'CCC d’exemple', place: 'EX-CERCLE',
  })
})
after(async () => {
  await bench?.close()
  await rm(data, { recursive: true, force: true })
})

const plain = (text) => text.replace(/\s+/g, ' ').trim()
const upload = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

test('a visitor reads who has a plan, who has none, and how far the plan has come', async () => {
  const visitor = await bench.page({ options: { acceptDownloads: true } })
  await visit(visitor, '/plans?lieu=EX-CERCLE&annee=2024')
  await sees(visitor, '.missing', '1/3 communes ont un plan en vigueur')
  // 8 of 16 actions, as the example of OISE says of the same commune and year.
  await sees(visitor, '#lieux', '50,0 % (8/16)')
  await sees(visitor, '#lieux', '54 202 720')
  await visitor.getByText('Les communes sans plan en vigueur').click()
  await sees(visitor, '.missing', 'Commune d’exemple 2')
  await screenshot(visitor, 'plans')
  await visitor.locator('#lieux').getByRole('link', { name: /exemple 1/ }).click()
  await visitor.getByRole('link', { name: /PDSEC 2023-2027/ }).click()
  await sound(visitor)
  await sees(visitor, 'h1', 'PDSEC 2023-2027 (exemple inventé)')
  await sees(visitor, '.invented', 'invent')
  await sees(visitor, '#secteurs', 'Éducation')
  // The referral health centre is a matter of the cercle: a notice that cites the decree.
  await sees(visitor, '#lignes', 'compétence du cercle (décret 02-314 du 4 juin 2002)')
  await screenshot(visitor, 'plan')
  await visitor.getByRole('link', { name: '2024', exact: true }).click()
  await sound(visitor)
  await sees(visitor, '#lignes tfoot', '54 202 720')
  await screenshot(visitor, 'plan-annee')
  const download = await keep(visitor, visitor.getByRole('link', { name: 'PDF' }))
  assert.match(download.name, /^pia-EX-C1-2024\.pdf$/)
  assert.equal(download.bytes.subarray(0, 5).toString(), '%PDF-')
  await visitor.locator('#lignes').getByRole('link', { name: 'Centre d’accueil des femmes' }).click()
  await sound(visitor)
  await sees(visitor, '.timeline', 'Abandonnée')
  await sees(visitor, '.timeline', 'Le terrain n’est pas au nom de la commune.')
  await screenshot(visitor, 'plan-action')
  const narrow = await bench.page({ narrow: true })
  await visit(narrow, new URL(visitor.url()).pathname)
  await visit(narrow, new URL(visitor.url()).pathname.split('/lignes')[0])
  await screenshot(narrow, 'plan-320')
  await visit(narrow, '/plans?lieu=EX-CERCLE&annee=2024')
  await visit(narrow, '/plans?lieu=EX-CERCLE&annee=vingt', { status: 422 })
})

const CSV = [
  'Secteur;Axe;Activité;Localité;2025;2026;Source de financement;Priorité',
  'Eau;Services;Forage équipé;;8 500 000;;ANICT, commune;1',
  'Santé;Services;Maternité du centre de santé;;;12 000 000;partenaire;2',
  'Voirie;Économie;Pont de la piste du fleuve;;4 000 000;6 000 000;État;3',
].join('\n')

let plan
test('J1.3 a plan begins, its spreadsheet is looked at, refused whole, corrected, taken whole', async () => {
  await visit(page, '/plans/communes/EX-C2')
  await sees(page, '.empty', 'Commencez un plan')
  await page.getByRole('link', { name: 'Commencer un plan' }).click()
  await page.getByLabel('Titre').fill('PDSEC 2025-2029')
  await page.getByLabel('Première année').fill('2029')
  await page.getByLabel('Dernière année').fill('2025')
  await refused(page, await press(page, 'Enregistrer'), 'La dernière année vient avant la première')
  assert.equal(await page.getByLabel('Titre').inputValue(), 'PDSEC 2025-2029')
  await page.getByLabel('Première année').fill('2025')
  await page.getByLabel('Dernière année').fill('2029')
  await press(page, 'Enregistrer')
  await sound(page)
  plan = new URL(page.url()).pathname
  await sees(page, '.banner', 'Ce plan est un projet')
  // A project is nobody else's.
  const visitor = await bench.page()
  await visit(visitor, plan, { status: 404 })

  await page.getByRole('link', { name: 'Importer un tableau' }).click()
  await sound(page)
  await page.getByLabel('Fichier').setInputFiles(
    upload('plan.csv', CSV.replace('Santé;', 'Astronomie;').replace('8 500 000', 'beaucoup').replace('6 000 000', '-6')),
  )
  await refused(page, await press(page, 'Voir l’aperçu'), '3 cellules sont à corriger')
  await sees(page, '#fautes', '2 2025 « beaucoup » n’est pas un montant entier')
  await sees(page, '#fautes', '3 Secteur « Astronomie » n’est pas un secteur')
  await sees(page, '#fautes', '4 2026 « -6 » n’est pas un montant entier')
  await screenshot(page, 'plan-import-refus')
  await page.getByLabel('Fichier').setInputFiles(upload('plan.csv', CSV))
  await press(page, 'Voir l’aperçu')
  await sound(page)
  await sees(page, 'dl.summary', 'Actions nouvelles 3')
  await sees(page, 'dl.summary', '30 500 000')
  await screenshot(page, 'plan-import')
  await press(page, 'Accepter toutes les lignes')
  await sound(page)
  await sees(page, '#lignes', 'Pont de la piste du fleuve')
  await sees(page, '#lignes', '10 000 000')

  // The same file again has nothing to say.
  await page.goto(`${plan}/importer`)
  await page.getByLabel('Fichier').setInputFiles(upload('plan.csv', CSV))
  await press(page, 'Voir l’aperçu')
  await sees(page, 'main', 'Il n’y a rien à écrire.')
  // What the plan gives out reads back, and a changed cell changes that line only.
  const exported = await (await file(page, `${plan}/lignes.csv`)).text()
  assert.deepEqual(rows(exported).map((it) => it.action).sort(), [
    'Forage équipé', 'Maternité du centre de santé', 'Pont de la piste du fleuve',
  ])
  await page.goto(`${plan}/importer`)
  await page.getByLabel('Fichier').setInputFiles(upload('plan.csv', exported.replace('Forage équipé', 'Deux forages équipés')))
  await press(page, 'Voir l’aperçu')
  await sees(page, 'dl.summary', 'Actions modifiées 1')
  await press(page, 'Accepter toutes les lignes')
  await sees(page, '#lignes', 'Deux forages équipés')
})

test('a line is typed by hand, refused field by field, followed, taken back', async () => {
  await page.goto(plan)
  await page.getByRole('link', { name: 'Ajouter une action' }).click()
  await sound(page)
  await page.getByLabel('Secteur').selectOption('EDU')
  await page.getByLabel('Années').fill('2031')
  await page.getByLabel('Coût (FCFA)').fill('un peu')
  const status = await press(page, 'Enregistrer')
  await refused(page, status, 'L’action n’est pas dite')
  await sees(page, '.errors', '2031 n’est pas une année du plan')
  await sees(page, '.errors', '« un peu » n’est pas un montant entier')
  assert.equal(await page.getByLabel('Années').inputValue(), '2031')
  await screenshot(page, 'plan-saisie-refus')
  await page.locator('textarea[name=action]').fill('École du quartier Est')
  await page.getByLabel('Années').fill('2025-2026')
  await page.getByLabel('Coût (FCFA)').fill('14 000 000')
  await page.getByLabel('Collectivité partenaire').check()
  await press(page, 'Enregistrer')
  await sound(page)
  await sees(page, 'h1', 'École du quartier Est')
  // Two years and one cost: nobody said how it is divided.
  await sees(page, '#couts', '2025 non renseigné')

  await page.getByLabel('État', { exact: true }).selectOption('abandonnee')
  await refused(page, await press(page, 'Enregistrer le suivi'), 'Le motif de l’abandon manque')
  await page.getByLabel('État', { exact: true }).selectOption('en-cours')
  await page.getByLabel('Depuis le').fill('15/03/2025')
  await page.getByLabel('Payé à cette occasion').fill('2 000 000')
  await page.getByLabel('Payé par').selectOption('PART')
  await press(page, 'Enregistrer le suivi')
  await sound(page)
  await sees(page, '.timeline', 'Payé : 2 000 000 FCFA (Collectivité partenaire)')
  await page.getByText('Retirer cette note').click()
  await press(page, 'Retirer', page.locator('.timeline'))
  await sees(page, '.banner', 'Le motif manque')
  await sound(page, { status: 422 })
  await page.getByText('Retirer cette note').click()
  await page.getByLabel('Motif du retrait').fill('Décompte d’une autre école')
  await press(page, 'Retirer', page.locator('.timeline'))
  await sees(page, 'main', 'Rien n’est encore noté')
  await sees(page, '#histoire', 'Décompte d’une autre école')
})

test('the deliberation makes the plan public; then each change has its reason', async () => {
  await page.goto(`${plan}/adoption`)
  await sound(page)
  await page.getByLabel('Date de la délibération').fill('12/01/2999')
  await refused(page, await press(page, 'Enregistrer l’adoption'), 'Ce jour n’est pas encore venu')
  await page.getByLabel('Date de la délibération').fill('12/01/2025')
  await page.getByLabel('Numéro de la délibération').fill('07/CE-2025')
  await press(page, 'Enregistrer l’adoption')
  await sound(page)
  const visitor = await bench.page()
  await visit(visitor, plan)
  await sees(visitor, 'dl.summary', 'délibération 07/CE-2025 du 12 janvier 2025')
  assert.equal(await visitor.getByRole('link', { name: 'Ajouter une action' }).count(), 0)
  await visit(visitor, '/plans?lieu=EX-CERCLE&annee=2025')
  await sees(visitor, '.missing', '2/3 communes ont un plan en vigueur')

  await page.locator('#lignes').getByRole('link', { name: 'Pont de la piste du fleuve' }).click()
  await page.getByRole('link', { name: 'Modifier', exact: true }).click()
  await page.getByLabel('Priorité').fill('1')
  await refused(page, await press(page, 'Enregistrer'), 'Le motif manque')
  await page.getByLabel('Motif du changement').fill('La crue a emporté la piste')
  await press(page, 'Enregistrer')
  await sees(page, '#histoire', 'La crue a emporté la piste')
})

test('a revision keeps the old version and the follow-up', async () => {
  await page.goto(`${plan}/revision`)
  await sound(page)
  await page.getByLabel('Titre').fill('PDSEC 2025-2029 révisé')
  await refused(page, await press(page, 'Enregistrer'), 'Le motif manque')
  await page.getByLabel('Motif de la révision').fill('Revue à mi-parcours')
  await press(page, 'Enregistrer')
  await sound(page)
  const revised = new URL(page.url()).pathname
  assert.notEqual(revised, plan)
  await sees(page, '#lignes', 'École du quartier Est')
  await visit(page, plan)
  await sees(page, '.banner', 'Une version plus récente existe')
  await sees(page, '#lignes', 'École du quartier Est')
  await visit(page, '/plans/communes/EX-C2')
  await sees(page, '#plans', 'révise « PDSEC 2025-2029 »')
})

test('a secretary writes the plan of her commune and of no other', async () => {
  await addPerson(data, {
    name: 'Fanta Sidibé', login: 'fanta.sidibe', office: 'municipal-secretary',
    title: 'Secrétaire générale', place: 'EX-C3',
  })
  const secretary = await bench.page()
  await signIn(secretary, 'fanta.sidibe')
  await visit(secretary, '/plans/communes/EX-C3/nouveau')
  await visit(secretary, '/plans/communes/EX-C1')
  assert.equal(await secretary.getByRole('link', { name: 'Commencer un plan' }).count(), 0)
  await visit(secretary, '/plans/communes/EX-C1/nouveau', { status: 403 })
  await visit(secretary, `${plan}/adoption`, { status: 403 })
})

test('OISE shows beside its fields what the registry of plans counts', async () => {
  await visit(page, '/suivi/saisie/EX-C1/2024T4/J12?palier=complet')
  await sees(page, '#grid', 'D’après le registre des plans : 16.')
  await sees(page, '#grid', 'D’après le registre des plans : 54 202 720.')
  await sees(page, '#grid', 'D’après le registre des plans : 6 287 516.')
  await screenshot(page, 'plan-oise')
})

test('the competences of a day are listed with their texts', async () => {
  const visitor = await bench.page()
  await visit(visitor, '/territoire/competences?le=01/01/2001')
  await sees(visitor, '#competences', 'Pas encore')
  await visit(visitor, '/territoire/competences')
  await sees(visitor, '#competences', 'décret 2015-0678, depuis le 20 octobre 2015')
  await sees(visitor, '#textes', 'Statut particulier du District de Bamako')
  await screenshot(visitor, 'competences')
  const narrow = await bench.page({ narrow: true })
  await visit(narrow, '/territoire/competences')
  assert.ok(plain(await narrow.locator('#competences').innerText()).includes('Voirie'))
})
