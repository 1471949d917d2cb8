package io.coapgate.simulator.report;

/** How lines are drawn, so that they differ without colours too. */
enum Stroke {
    SOLID,
    DASHED,
    DOTTED,
    BARS
}
