/**
 * An HTTP service behind the gateway that trusts nothing but the JWTs it verifies by the gateway's published keys. Imports
 * the JDK, shared-crypto and Vert.x.
 */
@NullMarked
package io.coapgate.simulator.upstream;

import org.jspecify.annotations.NullMarked;
