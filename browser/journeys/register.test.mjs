// The register of partnerships: anybody finds their commune (J10.1), the District its accords
// (J6.1), and whoever keeps the register changes what was understood, with a reason.

import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { folder, open, screenshot, sound, visit } from '../harness.mjs'
import {
  file, keep, press, prepare, refused, rows, sees, setUp, signIn, unzip, weighed,
} from './acts.mjs'

let bench, data
before(async () => {
  data = await folder()
  await prepare(data, 'ML', 'reference')
  bench = await open({ data })
})
after(async () => {
  await bench?.close()
  await rm(data, { recursive: true, force: true })
})

const plain = (text) => text.replace(/\s+/g, ' ').trim()

test('J10.1 « sanankoroba » is found without account or JavaScript, in two taps and 30 kB', async () => {
  const visitor = await weighed(bench.browser, bench.address, { javaScript: false })
  const { page } = visitor
  await page.goto('/')
  await page.getByRole('searchbox').fill('sanankoroba')
  await press(page, 'Rechercher')
  await sees(page, '#register', 'Sanankoroba')
  await page.locator('#register').getByRole('link', { name: 'Sanankoroba' }).first().click()
  await page.waitForLoadState()
  await sees(page, 'h1', 'Sanankoroba')
  const spent = visitor.take()
  assert.ok(spent.all <= 30_000, `The whole journey costs ${JSON.stringify(spent)} bytes`)
  await visitor.close()
})

test('accents, old spellings and villages are forgiven', async () => {
  const page = await bench.page({ narrow: true })
  for (const [words, partner, place] of [
    ['sanankoroba', 'Sainte-Élisabeth', 'Sanankoroba'],
    ['SANANKOROBA', 'Sainte-Élisabeth', 'Sanankoroba'],
    ['ouelessebougou', 'Pontivy', 'Ouélessébougou'],
    ['ouéléssébougou pontivy', 'Pontivy', 'Ouélessébougou'],
    ['segou angouleme', 'Angoulême', 'Ségou'],
    // A village whose commune bears another name.
    ['guégnéka', '', 'Fana'],
    ['achkhabad', 'Achgabat', 'Bamako'],
  ]) {
    await page.goto(`/registre?q=${encodeURIComponent(words)}`)
    await sees(page, '#register', place)
    await sees(page, '#register', partner)
  }
  await visit(page, '/registre?q=xyzzy')
  await sees(page, '.empty', 'Aucun partenariat ne répond')
  await visit(page, '/registre?q=ouelessebougou')
  await screenshot(page, 'registre-320')
})

test('the list fits and reads well, in both languages', async () => {
  const page = await bench.page()
  await visit(page, '/registre')
  await sees(page, '.count', '213 partenariats')
  await screenshot(page, 'registre')
  await visit(page, '/registre?langue=en')
  await screenshot(page, 'registre-en')
})

test('each filter keeps those lines and no other', async () => {
  const page = await bench.page({ options: { acceptDownloads: true } })
  const all = rows(await (await file(page, '/registre.csv')).text())
  assert.equal(all.length, 184 + 29)
  const has = (cell, value) => cell.split('|').includes(value)
  const years = (it) => it.annees.split('|').filter(Boolean).map(Number)
  for (const [filter, keeps] of [
    ['pays=CA', (it) => has(it.pays, 'CA')],
    ['pays=fr', (it) => has(it.pays, 'FR')],
    ['niveau=departement', (it) => has(it.niveau_partenaire, 'departement')],
    ['niveau=cercle', (it) => has(it.niveau_lieu, 'cercle')],
    ['region=2', (it) => has(it.region_declaree, 'ML02') || has(it.region_lieu, 'ML02')],
    ['region=Kayes', (it) => has(it.region_declaree, 'ML01') || has(it.region_lieu, 'ML01')],
    ['lieu=ML09', (it) => it.code_lieu.split('|').some((code) => code.startsWith('ML09'))],
    ['statut=en-gestation', (it) => it.statut === 'en-gestation'],
    ['annee_min=2000', (it) => years(it).some((year) => year >= 2000)],
    ['annee_max=1980', (it) => years(it).some((year) => year <= 1980)],
    ['annee_min=1985&annee_max=1990', (it) => years(it).some((year) => year >= 1985 && year <= 1990)],
    ['pays=FR&region=1&annee_min=1990', (it) =>
      has(it.pays, 'FR') && (has(it.region_declaree, 'ML01') || has(it.region_lieu, 'ML01')) &&
      years(it).some((year) => year >= 1990)],
  ]) {
    const expected = all.filter(keeps).map((it) => it.id).sort()
    assert.ok(expected.length > 0, filter)
    const kept = rows(await (await file(page, `/registre.csv?${filter}`)).text())
    assert.deepEqual(kept.map((it) => it.id).sort(), expected, filter)
    const json = await (await file(page, `/registre.json?${filter}`)).json()
    assert.equal(json.nombre, expected.length, filter)
    assert.deepEqual(json.partenariats.map((it) => it.id).sort(), expected, filter)
    await page.goto(`/registre?${filter}`)
    await sees(page, '.count', `${expected.length} partenariat`)
  }
})

test('a filter that cannot be understood is named, and what was typed stays', async () => {
  const page = await bench.page()
  await visit(page, '/registre')
  await page.getByLabel('Mots').fill('kayes')
  await page.getByText('Plus de filtres').click()
  await page.getByLabel('Depuis l’année').fill('19 cent')
  const status = await press(page, 'Filtrer')
  await refused(page, status, '« 19 cent » n’est pas une année')
  assert.equal(await page.getByLabel('Depuis l’année').inputValue(), '19 cent')
  assert.equal(await page.getByLabel('Mots').inputValue(), 'kayes')
  await screenshot(page, 'registre-refus')
  for (const filter of [
    'pays=ZZZ', 'niveau=hameau', 'region=17', 'lieu=ML999', 'statut=peut-etre', 'annee_min=x',
    'annee_min=1990&annee_max=1980', `q=${'a'.repeat(200)}`, 'q=-', 'q=%25',
  ]) {
    await visit(page, `/registre?${filter}`, { status: 422 })
    for (const kind of ['csv', 'json', 'xlsx']) {
      const answer = await page.request.get(`/registre.${kind}?${filter}`, {
        headers: { accept: 'application/json' },
      })
      assert.equal(answer.status(), 422, `${kind} ${filter}`)
      const { code, message } = await answer.json()
      assert.ok(code && message.length > 20 && !message.includes('??'), message)
    }
  }
})

test('J6.1 the accords of Bamako are the 36 lines of its page, with its two contradictions', async () => {
  const page = await bench.page()
  await visit(page, '/registre')
  await page.getByRole('link', { name: 'Accords de Bamako' }).first().click()
  await sound(page)
  await screenshot(page, 'bamako')
  const table = (id) => page.locator(`table#${id} tbody tr`).allInnerTexts()
  const twinnings = await table('register-bamako-twinnings')
  const expected = [
    ['Leipzig', 1966], ['Dakar', 1973], ['Angers', 1974], ['Achgabat', 1974], ['Rochester', 1975],
    ['Turin', 1994], ['Bobo-Dioulasso', 1994], ['Meknès', 2010], ['Parakou', 2010], ['Fès', 2013],
    ['Nouakchott', 2011], ['Conakry', 2016],
  ]
  assert.equal(twinnings.length, expected.length)
  for (const [name, year] of expected) {
    assert.ok(twinnings.some((it) => it.includes(name) && it.includes(year)), `${name} ${year}`)
  }
  const conventions = await table('register-bamako-conventions')
  for (const name of ['Bordeaux', 'Grand Lyon', 'Strasbourg', 'Évry', 'Ouagadougou']) {
    assert.ok(conventions.some((it) => it.includes(name)), name)
  }
  assert.equal(conventions.length, 5)
  const coming = await table('register-bamako-coming')
  assert.equal(coming.length, 12)
  assert.equal((await table('networks')).length, 7)
  // Both contradictions are told, on both of their lines.
  for (const name of ['Parakou', 'Fès']) {
    await sees(page, '.banner', name)
    for (const list of [twinnings, coming]) {
      const line = list.find((it) => it.includes(name))
      assert.match(plain(line), /La source se contredit/, name)
    }
  }
})

test('statistics, map and reading questions are readable by everybody', async () => {
  const page = await bench.page()
  for (const name of ['Statistiques', 'Carte', 'Questions de lecture']) {
    await visit(page, '/registre')
    await page.getByRole('link', { name, exact: true }).first().click()
    await sound(page)
    await screenshot(page, `registre-${name.toLowerCase().replaceAll(' ', '-')}`)
  }
})

test('the files hold the list, and no name of a person', async () => {
  const page = await bench.page()
  const [csv, json, xlsx, pdf] = await Promise.all(
    ['csv', 'json', 'xlsx', 'pdf'].map(async (it) => (await file(page, `/registre.${it}`)).body()),
  )
  assert.equal(pdf.toString('latin1', 0, 4), '%PDF')
  const sheets = [...unzip(xlsx).values()].join('\n')
  for (const text of [csv.toString(), json.toString(), sheets]) {
    assert.match(text, /Sanankoroba/)
    assert.match(text, /Ouélessébougou/)
    for (const person of ['Joyal', 'Coutu', 'Poirier', 'LOCAT', 'Olivier', '889-8392']) {
      assert.ok(!text.includes(person), `a file gives away ${person}`)
    }
  }
  await visit(page, '/registre?q=Pontivy')
  const kept = await keep(page, page.locator('.exports').getByRole('link', { name: 'CSV' }))
  assert.match(kept.name, /^registre-.*\.csv$/)
  assert.equal(rows(kept.bytes.toString()).length, 1)
})

test('contacts of persons are restricted; the register is changed with a reason, and mended', async () => {
  const visitor = await bench.page()
  await visit(visitor, '/registre?q=sanankoroba')
  await visitor.locator('#register').getByRole('link').first().click()
  const sheet = new URL(visitor.url()).pathname
  await sees(visitor, 'main', 'réservé aux personnes autorisées')
  await sound(visitor)
  await screenshot(visitor, 'fiche')
  assert.doesNotMatch(await visitor.content(), /Joyal|889-8392/)
  await visit(visitor, `${sheet}/modifier`)
  assert.equal(new URL(visitor.url()).pathname, '/connexion')

  const page = await bench.page()
  await setUp(page, {
    place: 'ML',
    name: 'Awa Diarra',
    login: 'awa.diarra',
    office: 'register-keeper',
    title: 'Tenue du registre',
  })
  await visit(page, sheet)
  await sees(page, 'main', 'Danielle Joyal')
  await page.getByRole('link', { name: 'Modifier' }).click()
  await sound(page)
  const years = page.getByLabel('Années d’origine')
  assert.equal(await years.inputValue(), '1991')
  await years.fill('1991, mille')
  const form = page.locator('main form').first()
  await form.getByLabel('Raison').fill('lettre de la mairie du 3 mars')
  await refused(page, await press(page, 'Enregistrer', form), '« 1991, mille » n’est pas une liste d’années')
  assert.equal(await years.inputValue(), '1991, mille')
  await years.fill('1991, 1992')
  await form.getByLabel('Raison').fill('')
  await form.evaluate((it) => (it.noValidate = true))
  await refused(page, await press(page, 'Enregistrer', form), 'La raison manque')
  await form.getByLabel('Raison').fill('lettre de la mairie du 3 mars')
  assert.equal(await press(page, 'Enregistrer', form), 200)
  await sees(page, '.timeline', 'Awa Diarra')
  await sees(page, '.timeline', '1991 → 1991, 1992')
  await sees(page, '.timeline', 'lettre de la mairie du 3 mars')
  await sound(page)
  await screenshot(page, 'fiche-modifiee')

  // What the source wrote stays; a visitor sees the change and the office, not who it was.
  await visit(visitor, sheet)
  await sees(visitor, '.timeline', '1991 → 1991, 1992')
  await sees(visitor, '.timeline', 'Tenue du registre')
  assert.doesNotMatch(await visitor.locator('main').innerText(), /Awa Diarra/)

  await page.locator('.timeline details > summary').first().click()
  const undo = page.locator('.timeline form').first()
  await undo.getByLabel('Raison').fill('la lettre parlait d’une autre commune')
  assert.equal(await press(page, 'Défaire', undo), 200)
  await sees(page, '.timeline', 'défaite')
  await visit(visitor, sheet)
  const [csv] = rows(await (await file(visitor, '/registre.csv?q=sanankoroba')).text())
  assert.equal(csv.annees, '1991')

  // « As known on a day »: before this post existed, nothing was known.
  await visit(visitor, `${sheet}?connu_le=2001-01-01`, { status: 422 })
  await sees(visitor, 'main', 'ne connaissait pas encore cette fiche')
})

test('a syndicat of three communes signs; the partnership stands in the pages of the three', async () => {
  const page = await bench.page()
  await signIn(page, 'awa.diarra')
  await visit(page, '/territoire/syndicats')
  await sees(page, '.empty', 'Aucun syndicat')
  await page.getByRole('link', { name: 'Nouveau syndicat' }).click()
  await sound(page)
  await page.getByLabel('Nom').fill('Syndicat intercommunal du Sankarani')
  await refused(page, await press(page, 'Enregistrer'), 'Un syndicat a deux membres au moins')
  assert.equal(await page.getByLabel('Nom').inputValue(), 'Syndicat intercommunal du Sankarani')
  await page.getByLabel('Statuts').fill('3 mars 2019, mairie de Ouélessébougou')
  await page.getByLabel('Depuis le', { exact: true }).fill('15/04/2019')
  for (const [at, code, part] of [[0, 'ML020501', '1/2'], [1, 'ML020502', '30 %'], [2, 'ML020503', '20 %']]) {
    await page.locator(`[name=membre_${at}]`).fill(code)
    await page.locator(`[name=part_${at}]`).fill(part)
    await page.locator(`[name=deliberation_${at}]`).fill('12/CR-2019 du 2 février 2019')
  }
  await press(page, 'Enregistrer')
  await sound(page)
  await sees(page, '#membres', '3/10')
  await screenshot(page, 'syndicat')

  await page.goto('/registre/nouveau')
  await page.locator('[name=lieu]').fill('Syndicat intercommunal du Sankarani')
  await page.locator('[name=partenaire]').fill('Pays d’Essai')
  await page.locator('[name=pays]').selectOption('FR')
  await page.locator('[name=raison]').fill('convention vue à la mairie')
  await press(page, 'Enregistrer')
  await sound(page)
  await sees(page, 'main', 'Syndicat intercommunal du Sankarani')
  await sees(page, 'main', '(3/10)')
  await screenshot(page, 'fiche-syndicat')
  const visitor = await bench.page()
  for (const code of ['ML020501', 'ML020502', 'ML020503']) {
    await visit(visitor, `/registre?lieu=${code}`)
    await sees(visitor, '#register', 'Pays d’Essai')
  }
})
