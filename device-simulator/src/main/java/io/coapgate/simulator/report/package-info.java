/**
 * Shows the records of runs: as one HTML file that needs nothing but a browser, and two of them side by side, as text too.
 * Imports the JDK, Jackson and the run package.
 */
@NullMarked
package io.coapgate.simulator.report;

import org.jspecify.annotations.NullMarked;
