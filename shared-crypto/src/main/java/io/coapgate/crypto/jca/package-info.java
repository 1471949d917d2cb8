/**
 * Which JCA provider does the asymmetric work, and proof that it may be trusted with it. Imports {@code key},
 * Bouncy Castle's arithmetic of Ed25519 and SLF4J; the native provider is found by name, so that its absence costs speed and
 * nothing else.
 */
@NullMarked
package io.coapgate.crypto.jca;

import org.jspecify.annotations.NullMarked;
