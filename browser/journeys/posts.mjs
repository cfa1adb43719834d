// Posts that only exchange files, as the journeys over several levels need them: opened, enrolled,
// and packages carried from one to the other. Each act goes through the page, as a person does.

import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { folder, page, serve, sound, visit } from '../harness.mjs'
import { keep, prepare, press, sees, setUp } from './acts.mjs'

/** The invented cercle, its region and its nation, each with the person who answers for it. */
export const CERCLE = {
  place: 'EX-CERCLE', name: 'Moussa Keïta', login: 'moussa.keita', office: 'cercle-adviser',
  title: 'Conseiller du centre', post: 'CCC d’exemple', level: 'cercle',
}
export const REGION = {
  place: 'EX-REGION', name: 'Awa Diarra', login: 'awa.diarra', office: 'regional-officer',
  title: 'Chargée de suivi', post: 'CSR d’exemple', level: 'region',
}
export const NATION = {
  place: 'EX-NATION', name: 'Ibrahim Maïga', login: 'ibrahim.maiga', office: 'national-officer',
  title: 'Cellule nationale', post: 'CCN d’exemple', level: 'nation',
}

/** Starts the program of a post on a folder of its own, and signs its person in. */
export async function start(browser, it, content) {
  it.data = await folder()
  await prepare(it.data, it.place, content)
  it.server = await serve({ data: it.data })
  it.page = await page(browser, it.server.address)
  // `init` knows the place of the post; the person confirms it.
  await setUp(it.page, it)
}

/** Stops the programs of posts and clears their folders. */
export async function stop(posts) {
  for (const it of posts) {
    await it.server?.stop()
    if (it.data) await rm(it.data, { recursive: true, force: true })
  }
}

/** A post opens itself to exchange; its card is kept with it. */
export async function openPost(it) {
  await visit(it.page, '/postes')
  await it.page.getByLabel('Nom du poste').fill(it.post)
  await it.page.getByLabel('Niveau').selectOption(it.level)
  await press(it.page, 'Créer la carte')
  await sees(it.page, '.banner', 'La carte de ce poste est prête')
  it.card = (await keep(it.page, it.page.getByRole('link', { name: 'Télécharger la carte' }))).bytes
  it.words = await it.page.locator('.summary b').first().innerText()
}

/** One post enters the card of another, after hearing its eight words. */
export async function meet(it, other) {
  await it.page.goto('/postes')
  await it.page.locator('input[type=file]').setInputFiles({
    name: 'carte.txt', mimeType: 'text/plain', buffer: other.card,
  })
  assert.equal(await press(it.page, 'Lire la carte'), 200)
  await sees(it.page, '.summary', other.words)
  await press(it.page, 'Les huit mots sont les mêmes : enregistrer')
  await sees(it.page, '.banner', 'Le poste est enregistré')
}

/** Makes the package for a post. */
export async function send(it, other) {
  await it.page.goto('/echanges')
  const row = it.page.locator('#poste tbody tr', { hasText: other.post })
  const { name, bytes } = await keep(it.page, row.getByRole('button', { name: /^Créer l’envoi/ }))
  assert.match(name, /\.bkd$/)
  return bytes
}

/** Brings a package to a post and looks at what it holds; gives the status. */
export async function bring(it, bytes, name = 'envoi.bkd') {
  await it.page.goto('/echanges')
  await it.page.getByLabel('Fichier d’envoi').setInputFiles({
    name, mimeType: 'application/octet-stream', buffer: bytes,
  })
  return press(it.page, 'Lire le fichier')
}

/** Takes a package in. */
export async function accept(it, bytes) {
  assert.equal(await bring(it, bytes), 200)
  await sound(it.page)
  await press(it.page, 'Accepter l’envoi')
  await sees(it.page, '.banner', 'L’envoi est accepté')
}

/** A package goes from one post to another, by file. */
export const carry = async (from, to) => accept(to, await send(from, to))
