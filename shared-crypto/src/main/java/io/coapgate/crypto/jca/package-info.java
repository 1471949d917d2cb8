/**
 * Which JCA provider does the asymmetric work, and proof that it may be trusted with it. Imports the JDK and SLF4J only;
 * the native provider is found by name, so that its absence costs speed and nothing else.
 */
@NullMarked
package io.coapgate.crypto.jca;

import org.jspecify.annotations.NullMarked;
