/**
 * The record of one run of the simulator, and the JSON file that keeps it: what the engine writes and reports read. Imports
 * the JDK, Jackson and HdrHistogram, and no other package of this module.
 */
@NullMarked
package io.coapgate.simulator.run;

import org.jspecify.annotations.NullMarked;
