// Prints one line and is then silent for ever; reads nothing.
console.log('working on it …');
setInterval(() => {}, 1 << 30);
