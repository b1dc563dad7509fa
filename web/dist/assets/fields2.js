import{pt as e}from"./kit.js";var t=e(`fragment ApprovalFields on Approval @_unmask {
  id version status requestedAt expiresAt decidedAt comment availableActions
  user @_optional { id name } approver @_optional { id name } decidedBy @_optional { id name } delegator @_optional { id name }
  cause { kind period limit @_optional { amount currency } spent @_optional { amount currency } amount @_optional { amount currency } }
}`);export{t};