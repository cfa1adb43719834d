// A post is set up, and its people come and go on one shared PC: J1.8's and J2's ground.

import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { folder, open, screenshot, sound, visit } from '../harness.mjs'
import { PASSWORD, prepare, press, pressInCard, refused, sees, signIn } from './acts.mjs'

const PIN = '402917'

let bench, data, page
before(async () => {
  data = await folder()
  await prepare(data, 'EX-CERCLE')
  bench = await open({ data })
  page = await bench.page()
})
after(async () => {
  await bench?.close()
  await rm(data, { recursive: true, force: true })
})

test('an empty post asks first where it is and who answers for it', async () => {
  await visit(page, '/')
  await page.getByRole('link', { name: 'Installer ce poste' }).click()
  await sound(page)
  await screenshot(page, 'installation')
  assert.equal(await page.getByLabel('Code du lieu').inputValue(), 'EX-CERCLE')
})

test('a wrong place is named, and what was typed stays', async () => {
  await page.getByLabel('Code du lieu').fill('EX-CERCEL')
  await page.getByLabel('Nom du poste').fill('CLOCSAD d’exemple')
  await page.getByLabel('Prénom et nom').fill('Fanta Coulibaly')
  await page.locator('select[name=fonction]').selectOption('administrator')
  await page.getByLabel('Titre').fill('Responsable du poste')
  await page.getByLabel('Identifiant').fill('fanta.coulibaly')
  await page.getByLabel('Mot de passe').fill(PASSWORD)
  await refused(page, await press(page, 'Installer le poste'), 'Aucun lieu ne porte ce code')
  await screenshot(page, 'installation-refus')
  for (const [label, value] of [
    ['Code du lieu', 'EX-CERCEL'],
    ['Nom du poste', 'CLOCSAD d’exemple'],
    ['Prénom et nom', 'Fanta Coulibaly'],
    ['Titre', 'Responsable du poste'],
    ['Identifiant', 'fanta.coulibaly'],
    ['Mot de passe', ''], // Never sent back.
  ]) {
    assert.equal(await page.getByLabel(label).inputValue(), value, label)
  }
  assert.equal(await page.locator('select[name=fonction]').inputValue(), 'administrator')

  await page.getByLabel('Code du lieu').fill('EX-CERCLE')
  await page.getByLabel('Mot de passe').fill(PASSWORD)
  await press(page, 'Installer le poste')
  await sound(page)
  await sees(page, '.who', 'Fanta Coulibaly')
  await sees(page, '.place', 'Cercle d’exemple')
  await screenshot(page, 'accueil-connecte')
})

test('the set-up happens once', async () => {
  const other = await bench.page()
  await visit(other, '/installation')
  assert.equal(new URL(other.url()).pathname, '/connexion')
})

test('one signs out and in; a wrong password is refused without saying what is wrong', async () => {
  await pressInCard(page, 'Se déconnecter')
  await sound(page)
  assert.equal(await page.locator('.who').count(), 0)
  for (const [login, password] of [
    ['fanta.coulibaly', 'le fleuve passe à Mopti'],
    ['fatou.coulibaly', PASSWORD],
  ]) {
    const status = await signIn(page, login, password)
    await refused(page, status, 'L’identifiant ou le mot de passe ne convient pas')
    assert.equal(await page.getByLabel('Identifiant').inputValue(), login)
  }
  await screenshot(page, 'connexion-refus')
  assert.equal(await signIn(page, 'fanta.coulibaly'), 200)
  await sees(page, '.who', 'Fanta Coulibaly')
})

test('a page behind the door is asked for again after signing in', async () => {
  const other = await bench.page()
  await visit(other, '/personnes')
  assert.equal(new URL(other.url()).pathname, '/connexion')
  await other.getByLabel('Identifiant').fill('fanta.coulibaly')
  await other.getByLabel('Mot de passe').fill(PASSWORD)
  await press(other, 'Se connecter')
  assert.equal(new URL(other.url()).pathname, '/personnes')
  await other.context().close()
})

test('the screen is locked and opened again by a PIN', async () => {
  await visit(page, '/compte')
  await page.getByLabel('Code PIN', { exact: true }).fill('111111')
  const save = page.locator('form[action="/compte/pin"]')
  await refused(page, await press(page, 'Enregistrer', save), 'six chiffres, pas tous pareils')
  await page.getByLabel('Code PIN', { exact: true }).fill(PIN)
  assert.equal(await press(page, 'Enregistrer', save), 200)
  await sees(page, '.banner', 'Le code PIN est enregistré')

  await pressInCard(page, 'Verrouiller')
  await sound(page)
  await sees(page, 'main', 'Fanta Coulibaly a quitté l’écran')
  await screenshot(page, 'verrouille')
  // Behind the lock, nothing of the person is readable; the page comes back once unlocked.
  await visit(page, '/compte')
  assert.equal(new URL(page.url()).pathname, '/deverrouiller')
  await page.getByLabel('Code PIN ou mot de passe').first().fill('402918')
  await refused(page, await press(page, 'Déverrouiller'), 'ne convient pas')
  await page.getByLabel('Code PIN ou mot de passe').first().fill(PIN)
  assert.equal(await press(page, 'Déverrouiller'), 200)
  assert.equal(new URL(page.url()).pathname, '/compte')
})

test('a second person gets an office of this place', async () => {
  await visit(page, '/personnes')
  await page.getByLabel('Prénom et nom').fill('Moussa Keïta')
  await page.getByLabel('Identifiant').fill('moussa.keita')
  await page.getByLabel('Premier mot de passe').fill(PASSWORD)
  await page.locator('select[name=fonction]').selectOption('cercle-adviser')
  await page.getByLabel('Titre').fill('Conseiller du centre')
  await page.getByLabel('Code du lieu').fill('EX-CERCEL')
  await page.getByLabel('Premier jour').fill('2024-01-01')
  await refused(page, await press(page, 'Ajouter'), 'Aucun lieu ne porte ce code')
  assert.equal(await page.getByLabel('Prénom et nom').inputValue(), 'Moussa Keïta')
  await page.getByLabel('Code du lieu').fill('EX-CERCLE')
  await page.getByLabel('Premier mot de passe').fill(PASSWORD)
  assert.equal(await press(page, 'Ajouter'), 200)
  await sees(page, 'main', 'Moussa Keïta')
  await sound(page)
  await screenshot(page, 'personnes')
})

test('two people take turns on one PC', async () => {
  await pressInCard(page, 'Verrouiller')
  await page.locator('header').getByRole('link', { name: 'Se connecter' }).click()
  await page.getByLabel('Identifiant').fill('moussa.keita')
  await page.getByLabel('Mot de passe').fill(PASSWORD)
  await press(page, 'Se connecter')
  await sees(page, '.who', 'Moussa Keïta')
  // An adviser does not manage people: the page says so and keeps the door shut.
  await visit(page, '/personnes', { status: 403 })
  await visit(page, '/')

  await pressInCard(page, 'Verrouiller')
  await page.getByLabel('Fanta Coulibaly').check()
  const form = page.locator('form[action="/changer"]')
  await form.locator('input[name=secret]').fill(PIN)
  assert.equal(await press(page, 'Changer de personne', form), 200)
  await sees(page, '.who', 'Fanta Coulibaly')
})

test('signing out everywhere closes the other screens too', async () => {
  const other = await bench.page()
  await signIn(other, 'fanta.coulibaly')
  await visit(other, '/compte')
  await visit(page, '/compte')
  await press(page, 'Se déconnecter partout')
  assert.equal(new URL(page.url()).pathname, '/connexion')
  await visit(other, '/compte')
  assert.equal(new URL(other.url()).pathname, '/connexion')
})

test('a post that was begun empty loads its places first', async () => {
  const empty = await open({ empty: true })
  try {
    const first = await empty.page()
    await visit(first, '/installation')
    await sound(first)
    await screenshot(first, 'installation-vide')
    assert.equal(await first.getByLabel('Code du lieu').count(), 0)
    first.setDefaultTimeout(120_000) // Thousands of places are written.
    await press(first, 'Charger le contenu de référence')
    await sound(first)
    await first.getByLabel('Code du lieu').fill('ML')
    await first.getByLabel('Prénom et nom').fill('Fanta Coulibaly')
    await first.locator('select[name=fonction]').selectOption('national-officer')
    await first.getByLabel('Titre').fill('Chargée de suivi')
    await first.getByLabel('Identifiant').fill('fanta.coulibaly')
    await first.getByLabel('Mot de passe').fill(PASSWORD)
    await press(first, 'Installer le poste')
    await sees(first, '.who', 'Fanta Coulibaly')
  } finally {
    await empty.close()
  }
})
