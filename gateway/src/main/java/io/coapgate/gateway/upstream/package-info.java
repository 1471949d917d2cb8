/**
 * The HTTP services behind the gateway and the client that reaches them. Imports {@code refusal}, Vert.x, Netty and JCA; knows
 * nothing of devices or tokens beyond the bearer token that it sends.
 */
@NullMarked
package io.coapgate.gateway.upstream;

import org.jspecify.annotations.NullMarked;
