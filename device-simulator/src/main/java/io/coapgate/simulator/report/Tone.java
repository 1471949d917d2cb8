package io.coapgate.simulator.report;

/** The colours of lines, by meaning; light and dark pages have a shade of each. */
enum Tone {
    BLUE,
    ORANGE,
    GREEN,
    RED,
    PURPLE,
    GREY
}
