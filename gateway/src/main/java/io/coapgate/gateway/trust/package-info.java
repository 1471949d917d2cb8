/**
 * What external authorization servers are asked: which keys they sign with, and what they know of opaque tokens. Imports
 * {@code token} and {@code upstream} and below; it reaches servers over HTTP by {@code upstream}, and over coaps by a port.
 */
@NullMarked
package io.coapgate.gateway.trust;

import org.jspecify.annotations.NullMarked;
