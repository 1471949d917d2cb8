/**
 * The simulator's command line. Imports everything of this module, picocli, and nothing that the others do not offer
 * without it.
 */
@NullMarked
package io.coapgate.simulator.cli;

import org.jspecify.annotations.NullMarked;
