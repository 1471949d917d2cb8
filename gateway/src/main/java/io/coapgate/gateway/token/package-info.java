/**
 * Tokens on both sides of the swap: CWTs bound to sessions, JWTs minted for upstream services. Imports {@code device}
 * and {@code upstream}; never {@code authz}.
 */
@NullMarked
package io.coapgate.gateway.token;

import org.jspecify.annotations.NullMarked;
