/** Two short notes, made here: no file to load. */
const NOTES = [660, 880];
const NOTE_S = 0.16;
const VOLUME = 0.12;

let context: AudioContext | null = null;

export function chime(): void {
  context ??= new AudioContext();
  const start = context.currentTime;
  NOTES.forEach((pitch, at) => {
    if (!context) return;
    const note = context.createOscillator();
    const volume = context.createGain();
    const from = start + at * NOTE_S;
    note.frequency.value = pitch;
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(VOLUME, from + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, from + NOTE_S * 1.6);
    note.connect(volume).connect(context.destination);
    note.start(from);
    note.stop(from + NOTE_S * 2);
  });
}
