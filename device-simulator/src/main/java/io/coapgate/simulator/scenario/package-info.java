/**
 * Scenarios: what a fleet does, what is done to it meanwhile, and what is demanded of the outcome, read from YAML, with every
 * mistake told by its line. Imports the JDK, Jackson's YAML, and the load, fault, launch and run packages.
 */
@NullMarked
package io.coapgate.simulator.scenario;

import org.jspecify.annotations.NullMarked;
