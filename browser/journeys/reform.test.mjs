// J4.4 Changer le découpage: the national cell records the split of a cercle with its date, its
// text and its lineage; nothing is lost, and the series read under both maps.

import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { folder, launch, page, screenshot, serve, sound, visit } from '../harness.mjs'
import { file, prepare, press, refused, rows, sees, setUp } from './acts.mjs'

const nation = {
  place: 'EX-NATION', name: 'Ibrahim Maïga', login: 'ibrahim.maiga', office: 'national-officer',
  title: 'Cellule nationale', post: 'CCN d’exemple',
}

let browser, server, data, it, visitor
before(async () => {
  browser = await launch()
  data = await folder()
  await prepare(data, nation.place, 'example')
  server = await serve({ data })
  it = await page(browser, server.address)
  await setUp(it, nation)
  visitor = await page(browser, server.address)
})
after(async () => {
  await browser?.close()
  await server?.stop()
  if (data) await rm(data, { recursive: true, force: true })
})

const plain = (text) => text.replace(/\s+/g, ' ')

test('the split of a cercle is looked at before it is entered', async () => {
  await visit(it, '/territoire/EX-CERCLE')
  await it.getByRole('link', { name: 'Changer le découpage' }).click()
  await sound(it)
  await it.getByRole('link', { name: 'Scission' }).click()
  await sound(it)
  await it.getByLabel('Premier jour').fill('2025-01-01')
  await it.getByLabel('garde son nom et son code').check()
  const pieces = it.locator('fieldset')
  await pieces.filter({ hasText: 'ce qui reste' }).first().getByLabel('Part').fill('1/3')
  const second = pieces.filter({ hasText: 'Partie 1' }).first()
  await second.getByLabel('Code', { exact: false }).first().fill('EX-NORD')
  await second.getByLabel('Nom').fill('Cercle du nord')
  await second.getByLabel('Part', { exact: false }).last().fill('1/3')
  await it.getByLabel('Commune d’exemple 2').selectOption('1')
  await it.getByLabel('Commune d’exemple 3').selectOption('1')
  await it.getByLabel('Loi ou décret').fill('Décret portant création du cercle du nord')
  await it.getByLabel('Numéro').fill('2024-0815/P-RM')
  await it.getByLabel('Date du texte').fill('2024-12-20')
  await it.getByLabel('Motif').fill('Décision de l’assemblée régionale')
  await screenshot(it, 'reform-form')
  // One third and one third are no whole: what was typed stays.
  await refused(it, await press(it, 'Voir ce qui changera'), 'Les parts ne font pas un tout')
  assert.equal(await it.getByLabel('Numéro').inputValue(), '2024-0815/P-RM')
  await it.locator('[name=part-1]').fill('2/3')
  assert.equal(await press(it, 'Voir ce qui changera'), 200)
  await sound(it)
  await sees(it, '.banner', 'Scission de Cercle d’exemple')
  const counts = plain(await it.locator('#comptes').innerText())
  assert.match(counts, /communes 3 3/)
  assert.match(counts, /cercles 1 2/)
  await screenshot(it, 'reform-preview')
  assert.equal(await press(it, 'Enregistrer ce changement'), 200)
  await sees(it, '.banner', 'Le changement est enregistré')
  await sound(it)
  await screenshot(it, 'reform-entered')
})

test('everybody reads the reform, the lineage and the history', async () => {
  await visit(visitor, '/territoire/reformes')
  await sees(visitor, 'table', 'Scission de Cercle d’exemple')
  await sees(visitor, 'table', 'n° 2024-0815/P-RM, du 20 décembre 2024')
  await screenshot(visitor, 'reforms')
  await visit(visitor, '/territoire/EX-NORD')
  await sees(visitor, '#lignee', 'Cercle d’exemple')
  await sees(visitor, '#lignee', '2/3')
  await visit(visitor, '/territoire/EX-C2')
  await sees(visitor, '#histoire', 'Cercle du nord')
  await screenshot(visitor, 'reform-unit')
  await visit(visitor, '/territoire/EX-CERCLE?le=2024-12-31')
  await sees(visitor, '#children', 'Commune d’exemple 2')
  await visit(visitor, '/territoire/EX-CERCLE?le=2025-01-01')
  assert.ok(!(await visitor.locator('#children').innerText()).includes('Commune d’exemple 2'))
})

test('the quarter before the split reads under both maps, with the same totals', async () => {
  const lines = async (map) => {
    const path = `/suivi/indicateurs.csv?lieu=EX-NATION&periode=2024T4&sous=1&carte=${map}`
    return rows(await (await file(visitor, path)).text())
  }
  const whole = (all) => all.filter((line) => line.unite_org === 'EX-NATION')
  const [then, now] = [await lines('epoque'), await lines('actuelle')]
  assert.ok(whole(then).length > 20)
  // Numerators and denominators are sums: the same under every map.
  for (const [at, line] of whole(then).entries()) {
    const other = whole(now)[at]
    assert.deepEqual(
      [other.indicateur, other.numerateur, other.denominateur, other.valeur_affichee],
      [line.indicateur, line.numerateur, line.denominateur, line.valeur_affichee],
    )
  }
  await visit(visitor, '/suivi/indicateurs?indicateur=I001&lieu=EX-REGION&periode=2024T4&carte=epoque')
  assert.ok(!plain(await visitor.locator('main').innerText()).includes('Cercle du nord'))
  await visit(visitor, '/suivi/indicateurs?indicateur=I001&lieu=EX-REGION&periode=2024T4&carte=actuelle')
  await sees(visitor, 'main', 'Cercle du nord')
  await sees(visitor, 'main', '2 communes rattachées autrement')
  await screenshot(visitor, 'reform-series')
})

test('an official list is compared, refused by line and column, then taken', async () => {
  await visit(it, '/territoire/liste')
  const send = async (text) => {
    await it.getByLabel('Pays (code)').fill('EX-NATION')
    await it.getByLabel('Source').fill('Liste d’essai, 2026')
    await it.locator('input[type=file]').setInputFiles({
      name: 'liste.csv', mimeType: 'text/csv', buffer: Buffer.from(text),
    })
    return press(it, 'Voir l’aperçu')
  }
  await refused(it, await send('code;nom;niveau;parent\nEX-C4;Neuve;hameau;EX-NORD\n'), 'Une case est à corriger')
  await sees(it, '#fautes', '« hameau » n’est pas un niveau')
  await screenshot(it, 'list-refused')
  const list = 'code;nom;niveau;parent;du\nEX-C1;Commune première;commune;EX-CERCLE;01/01/2026\nEX-C4;Neuve;commune;EX-NORD;01/01/2026\n'
  assert.equal(await send(list), 200)
  await sees(it, '#changements', 'Commune première')
  await sees(it, '.banner', 'Collectivités que la liste ne nomme pas')
  await sound(it)
  await screenshot(it, 'list-preview')
  assert.equal(await press(it, 'Accepter cette liste'), 200)
  await sees(it, '.banner', 'Le changement est enregistré')
})

test('a reform is undone by another entry, with its reason', async () => {
  await visit(it, '/territoire/reformes')
  await it.getByRole('link', { name: 'Scission de Cercle d’exemple' }).click()
  await it.getByLabel('Motif').fill('Erreur de saisie')
  // The list came after it and stands on it.
  await refused(it, await press(it, 'Annuler le changement'), 'Liste d’essai, 2026')
  await visit(it, '/territoire/reformes')
  await it.locator('table').getByRole('link', { name: 'Liste officielle' }).click()
  await it.getByLabel('Motif').fill('Liste provisoire')
  assert.equal(await press(it, 'Annuler le changement'), 200)
  await sees(it, '.banner', 'Le changement est annulé')
  await sound(it)
})
