// The nation works on two machines that did not see each other: each issues an edition after the
// same one. The cercle gets both and is told; what it sends back brings them together at the
// nation, where a person reads them side by side, chooses with a reason, and takes up what the
// other one brought.

import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { folder, launch, page, screenshot, serve, sound, visit } from '../harness.mjs'
import { keep, prepare, press, refused, run, sees, setUp, signIn } from './acts.mjs'

const posts = {
  cercle: {
    place: 'EX-CERCLE', name: 'Moussa Keïta', login: 'moussa.keita', office: 'cercle-adviser',
    title: 'Conseiller du centre', post: 'CCC d’exemple', level: 'cercle',
  },
  nation: {
    place: 'EX-NATION', name: 'Ibrahim Maïga', login: 'ibrahim.maiga', office: 'national-officer',
    title: 'Cellule nationale', post: 'CCN d’exemple', level: 'nation',
  },
}

let browser, second
before(async () => {
  browser = await launch()
  await Promise.all(Object.values(posts).map(open))
})
after(async () => {
  await browser?.close()
  for (const it of [...Object.values(posts), second]) {
    await it?.server?.stop()
    if (it?.data) await rm(it.data, { recursive: true, force: true })
  }
})

async function open(it) {
  it.data = await folder()
  await prepare(it.data, it.place, 'example')
  it.server = await serve({ data: it.data })
  it.page = await page(browser, it.server.address)
  await setUp(it.page, it)
  await visit(it.page, '/postes')
  await it.page.getByLabel('Nom du poste').fill(it.post)
  await it.page.getByLabel('Niveau').selectOption(it.level)
  await press(it.page, 'Créer la carte')
  it.card = (await keep(it.page, it.page.getByRole('link', { name: 'Télécharger la carte' }))).bytes
}

async function meet(it, other) {
  await it.page.goto('/postes')
  await it.page.locator('input[type=file]').setInputFiles({
    name: 'carte.txt', mimeType: 'text/plain', buffer: other.card,
  })
  await press(it.page, 'Lire la carte')
  await press(it.page, 'Les huit mots sont les mêmes : enregistrer')
}

async function send(from, to, whole = false) {
  await from.page.goto('/echanges')
  const line = from.page.locator('#poste tbody tr', { hasText: to.post })
  if (whole) await line.locator('summary').click()
  const label = whole ? /^Tout envoyer de nouveau/ : /^Créer l’envoi/
  const made = await keep(from.page, line.getByRole('button', { name: label }))
  await to.page.goto('/echanges')
  await to.page.getByLabel('Fichier d’envoi').setInputFiles({
    name: made.name, mimeType: 'application/octet-stream', buffer: made.bytes,
  })
  await press(to.page, 'Lire le fichier')
  await press(to.page, 'Accepter l’envoi')
  await sees(to.page, '.banner', 'L’envoi est accepté')
}

/** Prepares and issues an edition that gives elements other names. */
async function issue({ page }, about, names) {
  await page.goto('/suivi/questionnaire/modifier')
  await page.locator('[name=trimestre]').fill('2025T1')
  await page.locator('[name=objet]').fill(about)
  assert.equal(await press(page, 'Commencer l’édition'), 200)
  for (const [code, name] of Object.entries(names)) {
    await page.goto(`/suivi/questionnaire/modifier/donnees/ligne?cle=${code}`)
    await page.locator('[name=libelle_fr]').fill(name)
    assert.equal(await press(page, 'Enregistrer dans l’édition'), 200)
  }
  await page.goto('/suivi/questionnaire/modifier')
  assert.equal(await press(page, 'Émettre l’édition'), 200)
  await sees(page, '.banner', 'L’édition 2 est émise')
}

test('two machines of the nation issue an edition each; the cercle is told that they met', async () => {
  const { nation, cercle } = posts
  await meet(nation, cercle)
  await meet(cercle, nation)
  // The second machine is a copy of the first.
  const copy = join(await folder(), 'copie')
  assert.equal((await run(['backup', copy, '--data', nation.data])).code, 0)
  second = { ...nation, data: await folder(), server: undefined }
  assert.equal((await run(['restore', copy, '--data', second.data])).code, 0)
  second.server = await serve({ data: second.data })
  second.page = await page(browser, second.server.address)
  assert.equal(await signIn(second.page, nation.login), 200)
  await issue(nation, 'Conflits signalés aux chefs', {
    SOC_CONFLITS: 'Conflits signalés au chef de village', SOC_CONFLITS_REG: 'Conflits réglés',
    EDI_BUREAU: 'Membres du bureau en poste',
  })
  await issue(second, 'Mots de la nouvelle loi', {
    SOC_CONFLITS: 'Conflits portés devant la commune', EDI_DELIB: 'Délibérations prises',
    SOC_CONFLITS_REG: 'Conflits réglés',
  })
  await send(nation, cercle)
  await send(second, cercle)
  await visit(cercle.page, '/suivi/questionnaire')
  await sees(cercle.page, '.state-box', 'Deux éditions ont été préparées en même temps')
  await sees(cercle.page, '.state-box', 'Mots de la nouvelle loi')
  await cercle.page.getByRole('link', { name: 'Comparer et choisir' }).click()
  await sound(cercle.page)
  await sees(cercle.page, '#differing', 'Conflits portés devant la commune')
  // The cercle reads; the national cell chooses.
  assert.equal(await cercle.page.getByRole('button', { name: 'Retenir cette édition' }).count(), 0)
  // The one that was issued first is asked meanwhile, here as everywhere.
  await visit(cercle.page, '/suivi/saisie/EX-C1/2025T1/J08?palier=complet')
  await sees(cercle.page, 'main', 'Conflits signalés au chef de village')
})

test('at the nation a person reads both, chooses with a reason, and takes up the rest', async () => {
  const { cercle } = posts
  // The copy does not know what its twin wrote: the cercle sends all of it again.
  await send(cercle, second, true)
  const { page } = second
  await visit(page, '/suivi/questionnaire')
  await page.getByRole('link', { name: 'Comparer et choisir' }).click()
  await sound(page)
  await sees(page, '#candidates', 'Conflits signalés aux chefs')
  await sees(page, '#differing', 'Délibérations prises')
  await sees(page, 'main', '3 lignes diffèrent')
  await screenshot(page, 'questionnaire-rencontre')
  // Without a reason nothing is chosen, and the choice stays as it was made.
  const other = page.locator('.version', { hasText: 'Mots de la nouvelle loi' }).locator('input')
  await other.check({ force: true })
  await refused(page, await press(page, 'Retenir cette édition'), 'Le motif est vide')
  assert.ok(await other.isChecked())
  await page.locator('[name=motif]').fill('Elle suit la loi de 2024.')
  assert.equal(await press(page, 'Retenir cette édition'), 200)
  await sound(page)
  await sees(page, '.banner', 'par Cellule nationale')
  await sees(page, '.banner', 'Elle suit la loi de 2024.')
  await screenshot(page, 'questionnaire-rencontre-tranchee')
  await visit(page, '/suivi/questionnaire')
  assert.equal(await page.locator('.state-box').count(), 0)
  await sees(page, '#editions', 'Mots de la nouvelle loi')
  await send(second, cercle)
  await visit(cercle.page, '/suivi/saisie/EX-C1/2025T1/J08?palier=complet')
  await sees(cercle.page, 'main', 'Conflits portés devant la commune')
  // What only the other edition changed is prepared again, and nothing else of it.
  await page.goto('/suivi/questionnaire')
  await page.getByRole('link', { name: 'Choix entre deux éditions' }).click()
  await sees(page, 'main', 'Un changement de cette édition n’est pas repris')
  assert.equal(await press(page, 'Reprendre dans une nouvelle édition'), 200)
  await sound(page)
  await sees(page, '.tasks', 'EDI_BUREAU')
  assert.ok(!(await page.locator('main').innerText()).includes('SOC_CONFLITS'))
  await sees(page, '.banner', 'L’édition tient ensemble')
})

test('the meeting is read on a telephone and in English', async () => {
  const narrow = await page(browser, second.server.address, { narrow: true })
  await visit(narrow, '/suivi/questionnaire')
  await narrow.getByRole('link', { name: 'Choix entre deux éditions' }).click()
  await sound(narrow)
  await screenshot(narrow, 'questionnaire-rencontre-etroit')
  const english = await page(browser, second.server.address, { language: 'en' })
  await visit(english, new URL(narrow.url()).pathname + new URL(narrow.url()).search)
})
