/**
 * Looks into tokens without verifying them, for people at a terminal: what stands in one, and what a policy would say to
 * it. Nothing that comes from here is proof of anything, so nothing that decides may import it. Imports the JDK, {@code
 * crypto.key}, {@code crypto.cose} and {@code crypto.cwt}.
 */
@NullMarked
package io.coapgate.crypto.inspect;

import org.jspecify.annotations.NullMarked;
