// What a script can add: the phone's own position, smaller pictures, and errors that are read out.
"use strict";

const LARGEST_PX = 1600;

const summary = document.querySelector(".summary");
if (summary) summary.focus();

const locate = document.getElementById("locate");
if (locate && navigator.geolocation) {
  const told = document.getElementById("located");
  locate.hidden = false;
  locate.addEventListener("click", () => {
    told.textContent = locate.dataset.locating;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const here = new URL(location.href);
        for (const name of ["address", "pin.x", "pin.y"]) here.searchParams.delete(name);
        here.searchParams.set("lat", coords.latitude.toFixed(6));
        here.searchParams.set("long", coords.longitude.toFixed(6));
        location.assign(here);
      },
      () => { told.textContent = locate.dataset.failed; },
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
    );
  });
}

const form = document.getElementById("report");
if (form) {
  const told = document.getElementById("being-sent");
  form.addEventListener("submit", ({ submitter }) => {
    if (submitter?.name !== "tongue") told.textContent = told.dataset.told;
  });
  addEventListener("pageshow", () => { told.textContent = ""; });
}

async function smaller(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LARGEST_PX / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  return made && made.size < file.size ? new File([made], "photo.jpg", { type: made.type }) : file;
}

const photos = document.getElementById("photos");
if (photos && window.createImageBitmap && window.DataTransfer) {
  photos.addEventListener("change", async () => {
    const many = photos.files.length > Number(photos.dataset.most);
    photos.setCustomValidity(many ? photos.dataset.tooMany : "");
    if (many) {
      photos.reportValidity();
      return;
    }
    const kept = new DataTransfer();
    for (const file of photos.files) {
      kept.items.add(await smaller(file).catch(() => file));
    }
    photos.files = kept.files;
    const heavy = [...photos.files].some((file) => file.size > Number(photos.dataset.bytesMax));
    photos.setCustomValidity(heavy ? photos.dataset.tooLarge : "");
    if (heavy) photos.reportValidity();
  });
}
