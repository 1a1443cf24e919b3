'use strict';

// cognito-local makes one of each when it starts and uses them for Lambda triggers only, which the local pool has none of.
class Unused {}

module.exports = {
  Lambda: Unused,
  KMS: Unused,
  KmsKeyringNode: Unused,
  CommitmentPolicy: {},
  buildClient: () => ({}),
};
