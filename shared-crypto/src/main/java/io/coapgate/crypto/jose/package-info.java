/**
 * JSON Web Keys, key sets and access tokens (RFC 7515, 7517, 7519, 8037, 9068): the JSON counterpart of the CWT package.
 * Imports the JDK, {@code key} and, alone in this module, Nimbus for JSON; all signatures go through JCA.
 */
@NullMarked
package io.coapgate.crypto.jose;

import org.jspecify.annotations.NullMarked;
