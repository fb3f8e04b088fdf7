// Chinese that a browser has laid out before its font came can stay empty boxes. Where the system has no Chinese font, so
// that two characters look alike, the page waits for the font of site.css, three seconds at most.
{
  const drawn = character => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 24;
    const pen = canvas.getContext("2d");
    const fonts = getComputedStyle(document.documentElement).getPropertyValue("--chinese");
    pen.font = `16px ${fonts}, sans-serif`;
    pen.fillText(character, 2, 20);
    return canvas.toDataURL();
  };
  if (drawn("县") === drawn("发")) {
    const page = document.documentElement;
    const show = () => page.style.removeProperty("display");
    page.style.setProperty("display", "none");
    document.fonts.load("16px Reading", "字").then(show, show);
    setTimeout(show, 3000);
  }
}
