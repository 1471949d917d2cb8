/**
 * What a device may do: routes, scopes, and the decision. Imports {@code device} and {@code upstream}; never
 * {@code token}.
 */
@NullMarked
package io.coapgate.gateway.authz;

import org.jspecify.annotations.NullMarked;
