with

shop as (
    select known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

-- Orders about whose return somebody had to speak or write to a person.
helped as (
    select distinct contacts.order_id
    from {{ ref('stg_shop__contacts') }} as contacts
    cross join shop
    where
        contacts.contacted_at < shop.known_before_at
        and contacts.order_id is not null
        and contacts.topic_code in ('return', 'refund')
        and lower(trim(contacts.channel_name)) in (
            'phone', 'tel', 'telephone', '電話', 'mail', 'email', 'e-mail', 'メール'
        )
),

-- What came back by itself was neither asked for nor counted as a customer's request.
return_lines as (
    select
        order_id,
        style_id,
        channel_name,
        coalesce(request_channel_code, 'unknown') as request_channel_code,
        has_request,
        event_date
    from {{ ref('fct_return_lines') }}
    where coalesce(return_type_code, 'customer_return') = 'customer_return'
),

joined as (
    select
        return_lines.style_id,
        return_lines.channel_name,
        return_lines.has_request,
        return_lines.has_request
        and return_lines.request_channel_code = 'web'
        and helped.order_id is null as is_web_completed,
        return_lines.event_date
    from return_lines
    left join helped on return_lines.order_id = helped.order_id
),

final as (
    select
        style_id,
        channel_name,
        count(case when has_request then 1 end) as request_line_count,
        count(case when is_web_completed then 1 end) as web_completed_line_count,
        count(case when not has_request then 1 end) as unrequested_line_count,
        event_date
    from joined
    group by style_id, channel_name, event_date
    order by event_date, style_id, channel_name
)

select * from final
