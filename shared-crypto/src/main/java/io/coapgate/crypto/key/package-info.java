/**
 * Key material as values: secrets, key identifiers, thumbprints, and PEM reading and writing. Imports the JDK only; the
 * lowest package of the module.
 */
@NullMarked
package io.coapgate.crypto.key;

import org.jspecify.annotations.NullMarked;
