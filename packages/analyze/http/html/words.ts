/** Elements that run or load something by being there. The others are markup. */
export const elements: ReadonlyMap<string, readonly [what: string, alone: number, withAttributes: number]> = new Map([
  ['script', ['opens a script element', 3, 4]],
  ['iframe', ['embeds a frame', 2, 3.2]],
  ['frame', ['embeds a frame', 1.5, 3]],
  ['frameset', ['embeds a frame', 2, 3]],
  ['object', ['embeds an object', 1.5, 3.2]],
  ['embed', ['embeds an object', 1.5, 3.2]],
  ['applet', ['embeds an object', 2, 3.2]],
  ['base', ['changes where links lead', 1.5, 3]],
  ['meta', ['changes the page’s own headers', 1.2, 3]],
  ['link', ['loads a style sheet', 1, 3]],
  ['style', ['brings a style sheet', 1.5, 2]],
  ['svg', ['embeds a drawing that can run scripts', 1, 1.2]],
  ['math', ['embeds markup that can run scripts', 1, 1.2]],
  ['xml', ['embeds data that runs scripts in old browsers', 1.5, 2.4]],
  ['layer', ['embeds a frame', 1.5, 3]],
  ['ilayer', ['embeds a frame', 1.5, 3]],
  ['bgsound', ['loads a sound', 1.5, 3]],
  ['isindex', ['adds a form', 1.5, 3]],
  ['form', ['adds a form', 0.8, 1.6]],
  ['marquee', ['moves text', 0.8, 1]],
  ['animate', ['changes attributes by animation', 1.5, 2]],
  ['set', ['changes attributes by animation', 1.2, 2]],
  ['?import', ['embeds data that runs scripts in old browsers', 1.5, 3]],
  ['import', ['embeds data that runs scripts in old browsers', 1.5, 3]],
  ['vmlframe', ['embeds a frame', 2, 3]],
  ['noscript', ['ends what the page began', 1, 1]],
  ['%', ['opens a script of the server', 2.4, 2.4]],
]);

/** Attributes whose value is an address that the browser opens. */
export const addressAttributes = new Set(
  'src href action formaction background dynsrc lowsrc data poster xlink:href code codebase content from to values value longdesc usemap profile manifest icon ping folder classid archive cite srcdoc srcset style url'.split(' '),
);

/** Names of events that browsers know (HTML and UI Events), without `on`. */
export const events = new Set(
  ('abort activate afterprint afterscriptexecute afterupdate animationcancel animationend animationiteration animationstart auxclick beforeactivate beforecopy beforecut beforedeactivate beforeeditfocus beforeinput beforematch ' +
    'beforepaste beforeprint beforescriptexecute beforetoggle beforeunload beforeupdate begin blur bounce cancel canplay canplaythrough cellchange change click close command contextmenu controlselect copy cuechange cut dataavailable ' +
    'datasetchanged datasetcomplete dblclick deactivate drag dragdrop dragend dragenter dragexit dragleave dragover dragstart drop durationchange emptied end ended error errorupdate filterchange finish focus focusin focusout formchange ' +
    'formdata forminput fullscreenchange gotpointercapture hashchange help input invalid keydown keypress keyup languagechange layoutcomplete load loadeddata loadedmetadata loadend loadstart losecapture lostpointercapture mediacomplete ' +
    'mediaerror message messageerror mousedown mouseenter mouseleave mousemove mouseout mouseover mouseup mousewheel move moveend movestart offline online outofsync pagehide pagereveal pageshow pageswap paste pause play playing ' +
    'pointercancel pointerdown pointerenter pointerleave pointermove pointerout pointerover pointerrawupdate pointerup popstate progress propertychange ratechange readystatechange redo repeat reset resize resizeend resizestart resume ' +
    'reverse rowdelete rowenter rowexit rowinserted rowsdelete rowsenter rowsinserted scroll scrollend scrollsnapchange search securitypolicyviolation seek seeked seeking select selectionchange selectstart show slotchange stalled start ' +
    'stop storage submit suspend syncrestored timeerror timeupdate toggle touchcancel touchend touchmove touchstart trackchange transitioncancel transitionend transitionrun transitionstart undo unhandledrejection unload urlflip ' +
    'volumechange waiting webkitanimationend webkitanimationstart webkittransitionend webkitmouseforcechanged wheel webkitplaybacktargetavailabilitychanged loading').split(' '),
);
