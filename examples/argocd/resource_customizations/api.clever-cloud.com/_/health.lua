-- Health of every kind of api.clever-cloud.com: Ready is as asked, Stalled waits for somebody, anything else is under way.
local hs = {status = "Progressing", message = "Waiting for the operator"}

if obj.metadata.deletionTimestamp ~= nil then
  hs.message = "Being deleted"
end

if obj.status == nil or (obj.metadata.deletionTimestamp ~= nil and obj.status.conditions == nil) then
  return hs
end

-- The reference operator's definitions keep no conditions: an add-on is all there is to see.
if obj.status.conditions == nil then
  if obj.status.addon ~= nil and obj.status.addon ~= "" then
    hs.status = "Healthy"
    hs.message = "add-on " .. obj.status.addon
  end
  return hs
end

local ready = nil
local stalled = nil
for _, condition in ipairs(obj.status.conditions) do
  if condition.type == "Ready" then
    ready = condition
  elseif condition.type == "Stalled" and condition.status == "True" then
    stalled = condition
  end
end

if ready ~= nil then
  hs.message = (ready.reason or "") .. ": " .. (ready.message or "")
end

if obj.metadata.deletionTimestamp ~= nil then
  return hs
end

if obj.status.observedGeneration == nil or obj.status.observedGeneration ~= obj.metadata.generation then
  hs.message = "Waiting for the operator to see the change"
  return hs
end

if ready ~= nil and ready.reason == "Paused" then
  hs.status = "Suspended"
elseif stalled ~= nil then
  hs.status = "Degraded"
  hs.message = (stalled.reason or "") .. ": " .. (stalled.message or "")
elseif ready ~= nil and ready.status == "True" then
  hs.status = "Healthy"
end

return hs
